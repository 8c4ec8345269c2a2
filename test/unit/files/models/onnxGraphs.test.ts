import { strict as assert } from 'node:assert';
import { bytesSource } from '../../../../src/files/bytes/byteSource';
import { WeightsError } from '../../../../src/files/bytes/weightsError';
import { readModel } from '../../../../src/files/models/readModel';
import type { Shape } from '../../../../src/network/tensor/shape';
import { floatTensor, onnxFile, onnxNode, wholeAttribute } from '../../../support/onnxModel';
import { bytesField, message, number, text } from '../../../support/protobuf';

/** A graph's input or output; an axis with a name is open. */
function end(field: 11 | 12, name: string, dims: readonly (number | string)[]): Buffer {
  const shape = dims.map((dim) =>
    message(1, typeof dim === 'number' ? number(1, dim) : text(2, dim)),
  );
  return message(field, text(1, name), message(2, message(1, number(1, 1), message(2, ...shape))));
}

const kernel = floatTensor('w', [2, 3, 1, 1], Float32Array.of(1, 2, 3, 4, 5, 6));
const weights = bytesField(5, kernel);

function graph(input: readonly (number | string)[], ...nodes: readonly Buffer[]): Buffer {
  const all = nodes.map((node) => bytesField(1, node));
  return onnxFile(end(11, 'x', input), end(12, 'y', []), ...all, weights);
}

function read(bytes: Buffer, size?: readonly [number, number]) {
  return readModel({
    ...{ id: 'a', name: 'a.onnx', uri: '', source: bytesSource(bytes) },
    openBeside: () => {
      throw new WeightsError('nothing is beside it');
    },
    ...(size && { size }),
  });
}

const conv = onnxNode('Conv', ['x', 'w'], 'maps');
const pool = onnxNode('GlobalAveragePool', ['maps'], 'pooled');
const flatten = onnxNode('Flatten', ['pooled'], 'y');
const classifier = [conv, pool, flatten];

async function shapesOf(bytes: Buffer, size?: readonly [number, number]) {
  const { document, open, close } = await read(bytes, size);
  await close();
  const { layers } = document.network;
  const shapes: Readonly<Record<string, Shape>> = Object.fromEntries(
    layers.map(({ name, outputShape }) => [name, outputShape]),
  );
  return { shapes, open };
}

describe('graphs of ONNX', () => {
  it('leave sizes open, for which the asked-for one stands', async () => {
    const bytes = graph(['n', 3, 'h', 'w'], ...classifier);
    const { shapes, open } = await shapesOf(bytes, [40, 30]);
    assert.deepEqual(shapes, { x: [40, 30, 3], maps: [40, 30, 2], pooled: [1, 1, 2], y: [2] });
    assert.deepEqual(open, ['x']);
    assert.deepEqual((await shapesOf(graph([1, 3, 8, 8], ...classifier))).open, []);
  });

  it('take pictures with their channels last, as exporters of TensorFlow turn them first', async () => {
    const perm = Buffer.concat([text(1, 'perm'), ...[0, 3, 1, 2].map((axis) => number(8, axis))]);
    const turn = onnxNode('Transpose', ['x'], 'turned', perm);
    const own = onnxNode('Conv', ['turned', 'w'], 'maps');
    const { shapes } = await shapesOf(graph(['n', 6, 5, 3], turn, own, pool, flatten));
    // Turning is no layer: the network has its channels last anyway.
    assert.deepEqual(shapes, { x: [6, 5, 3], maps: [6, 5, 2], pooled: [1, 1, 2], y: [2] });
  });

  it('are of one picture, also where the file was written for several', async () => {
    const target = bytesField(
      5,
      Buffer.concat([number(1, 2), number(2, 7), text(8, 'to'), number(7, 8), number(7, 2)]),
    );
    const reshape = onnxNode('Reshape', ['pooled', 'to'], 'y');
    const nodes = [conv, pool, reshape].map((node) => bytesField(1, node));
    const ends = [end(11, 'x', [8, 3, 4, 4]), end(12, 'y', [8, 2])];
    const { shapes } = await shapesOf(onnxFile(...ends, ...nodes, weights, target));
    assert.deepEqual(shapes['y'], [2]);
  });

  it('are read whatever the order of their nodes', async () => {
    const { shapes } = await shapesOf(graph([1, 3, 4, 4], flatten, pool, conv));
    assert.deepEqual(Object.keys(shapes), ['x', 'maps', 'pooled', 'y']);
  });

  it('have weights under the names of the network, in its order', async () => {
    const { weights: own, close } = await read(graph([1, 3, 4, 4], ...classifier));
    assert.deepEqual([...own.weights.keys()], ['maps.kernel']);
    assert.deepEqual([...(await own.weights.get('maps.kernel')!.read())], [1, 4, 2, 5, 3, 6]);
    await close();
  });

  it('say what they are made of that is not known, and hold nothing back that is', async () => {
    const loop = onnxNode('Loop', ['maps'], 'again', wholeAttribute('n', 3));
    const bytes = graph([1, 3, 4, 4], conv, loop, onnxNode('Relu', ['again'], 'y'));
    const { document, close } = await read(bytes);
    const { layers, unresolved } = document.network;
    assert.deepEqual(
      layers.map(({ name }) => name),
      ['x', 'maps'],
    );
    assert.deepEqual(
      unresolved.map(({ name, problem }) => [name, problem.sentence]),
      [
        ['again', 'again: Loop is not an operation that is known here'],
        ['y', 'again: Loop is not an operation that is known here'],
      ],
    );
    await close();
  });

  for (const [what, value] of [
    ['JSON', '["cat", "dog"]'],
    ['a Python dict', '{0: \'cat\', 1: "dog"}'],
    ['a Python list', "['cat', 'dog']"],
    ['commas', 'cat, dog'],
    ['lines', 'cat\ndog\n'],
  ] as const) {
    it(`name their classes by ${what}`, async () => {
      const entry = message(14, text(1, 'names'), text(2, value));
      const bytes = Buffer.concat([graph([1, 3, 4, 4], ...classifier), entry]);
      const { document, close } = await read(bytes);
      assert.deepEqual(document.labels.names, ['cat', 'dog']);
      await close();
    });
  }

  for (const [what, mean, from] of [
    [
      'of values from 0 to 1',
      [0.485, 0.456, 0.406],
      'from the file: centred takes values from 0 to 1',
    ],
    ['of pixels', [123, 116, 103], 'from the file: centred takes pixels from 0 to 255'],
  ] as const) {
    it(`say how pictures are prepared: less a mean ${what}`, async () => {
      const means = bytesField(5, floatTensor('mean', [3, 1, 1], Float32Array.from(mean)));
      const own = [
        onnxNode('Sub', ['x', 'mean'], 'centred'),
        onnxNode('Conv', ['centred', 'w'], 'maps'),
        pool,
        flatten,
      ].map((node) => bytesField(1, node));
      const ends = [end(11, 'x', [1, 3, 4, 4]), end(12, 'y', [1, 2])];
      const { document, close } = await read(onnxFile(...ends, ...own, weights, means));
      assert.equal(document.preparedFrom, from);
      assert.equal(document.preprocess.scale, mean[0] < 1 ? 1 / 255 : 1);
      await close();
    });
  }

  it('are refused where nothing of them is computed', async () => {
    const constant = onnxNode('Identity', ['w'], 'y');
    await assert.rejects(read(graph([1, 3, 4, 4], constant)), /no output that its layers compute/);
  });

  it('are refused with more layers than a network may have', async () => {
    const chain = Array.from({ length: 2100 }, (_, at) =>
      onnxNode('Relu', [at === 0 ? 'x' : `r${at - 1}`], at === 2099 ? 'y' : `r${at}`),
    );
    await assert.rejects(read(graph([1, 3, 4, 4], ...chain)), /more than 2000 layers/);
  });
});

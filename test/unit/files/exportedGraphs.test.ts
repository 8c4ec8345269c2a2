import { strict as assert } from 'node:assert';
import { bytesSource } from '../../../src/files/bytes/byteSource';
import { nothingBeside } from '../../../src/files/bytes/openBeside';
import { onnx } from '../../../src/files/formats/onnx';
import { openWeightsFile } from '../../../src/files/weightsFile';
import {
  batchNormalization,
  conv2d,
  dense,
  flatten,
  input,
  maxPool2d,
  model,
} from '../../../src/network/functional';
import { fixtureBytes, inMemory } from '../../support/weightFixtures';

type Call = ReturnType<typeof conv2d>;

const epsilon = 1e-3;
const rest: readonly Call[] = [
  flatten({ name: 'flatten' }),
  dense(6, { name: 'fc6' }),
  dense(6, { name: 'fc7' }),
  dense(3, { name: 'fc8' }),
];

/** The small AlexNet of makeExports.py, with and without batch norms. */
function alexNet(norm: (name: string) => readonly Call[]): ReturnType<typeof model> {
  const picture = input([12, 8, 3]);
  const calls = [
    conv2d(4, 3, { name: 'conv1', strides: 2, padding: 'same' }),
    ...norm('bn1'),
    maxPool2d(2, { name: 'pool1', strides: 2 }),
    conv2d(6, 3, { name: 'conv2', padding: 'same' }),
    ...norm('bn2'),
    ...rest,
  ];
  return model(
    picture,
    calls.reduce((x, layer) => layer(x), picture),
  );
}

const withNorms = alexNet((name) => [batchNormalization({ name, epsilon })]);
const without = alexNet(() => []);
const keys = withNorms.layers.flatMap(({ name, weights }) =>
  weights.map((spec) => `${name}.${spec.name}`),
);

/** Value i of a weight, as makeExports.py has it. */
function valueOf(key: string, i: number): number {
  return (((31 * i + 17 * keys.indexOf(key)) % 97) + 1) / 64;
}

type Values = ReadonlyMap<string, Float32Array>;

async function readExport(file: string, network = withNorms): Promise<Values> {
  return readWeights(await fixtureBytes(`exports/${file}.onnx`), network);
}

async function readWeights(
  bytes: Uint8Array,
  network = withNorms,
  openBeside = nothingBeside,
): Promise<Values> {
  const opened = await openWeightsFile(bytesSource(bytes), [{ id: 'small', network }], openBeside);
  assert.deepEqual(opened.leftOut, []);
  const values = new Map<string, Float32Array>();
  for (const [key, weight] of opened.weights) values.set(key, await weight.read());
  await opened.close();
  return values;
}

function assertOwn(values: Values, wanted: readonly string[]): void {
  for (const key of wanted) {
    const found = values.get(key) ?? new Float32Array();
    const own = Array.from(found, (_, i) => valueOf(key, i));
    assert.deepEqual([...found], own, key);
  }
}

const isOfNorm = (key: string): boolean => key.startsWith('bn');
const ofLayers = keys.filter((key) => !isOfNorm(key));

/** What a batch norm does to a value, in double precision. */
function scaleAndOffset(list: (weight: string) => number): readonly [number, number] {
  const scale = list('gamma') / Math.sqrt(list('moving_variance') + epsilon);
  return [scale, list('beta') - list('moving_mean') * scale];
}

function assertSameNorms(values: Values, wantedOf = valueOf): void {
  for (const [name, channels] of [
    ['bn1', 4],
    ['bn2', 6],
  ] as const)
    // prettier-ignore
    for (let i = 0; i < channels; i++) {
      const found = scaleAndOffset((weight) => values.get(`${name}.${weight}`)?.[i] ?? Number.NaN);
      const wanted = scaleAndOffset((weight) => wantedOf(`${name}.${weight}`, i));
      for (const [at, value] of found.entries())
        assert.ok(
          Math.abs(value - wanted[at]!) <= 1e-6 * Math.max(1, Math.abs(wanted[at]!)),
          `${name} ${i}: ${value}, not ${wanted[at]}`,
        );
    }
}

describe('ONNX files of exporters', () => {
  for (const [file, by] of [
    ['keras3-tensorflow', 'Keras 3 on TensorFlow'],
    ['keras3-torch', 'Keras 3 on PyTorch'],
    ['tf2onnx-keras2', 'tf2onnx, of Keras 2'],
    ['tf2onnx-nchw', 'tf2onnx with channels first'],
    ['tf2onnx-tflite', 'tf2onnx, of TensorFlow Lite'],
    ['pytorch-old', "PyTorch's first exporter"],
    ['pytorch-old-unfolded', "PyTorch's first exporter without folding"],
    ['pytorch-new', "PyTorch's exporter now"],
    ['pytorch-new-unoptimised', "PyTorch's exporter now, unoptimised"],
  ] as const)
    it(`hold the network's weights where ${by} wrote them`, async () => {
      const values = await readExport(file);
      assertOwn(values, ofLayers);
      assertSameNorms(values);
    });

  for (const file of ['pytorch-old', 'pytorch-new'])
    it(`keep batch norms as they are where the file does: ${file}`, async () =>
      assertOwn(await readExport(file), keys.filter(isOfNorm)));

  for (const file of ['pytorch-old-alike', 'pytorch-new-alike'])
    it(`give each layer its list where one serves two: ${file}`, async () => {
      const values = await readExport(file);
      assert.deepEqual(values.get('conv1.bias'), values.get('bn1.gamma'));
      assert.deepEqual(values.get('conv2.bias'), values.get('bn2.gamma'));
      assertOwn(
        values,
        keys.filter((key) => !/^conv\d\.bias/.test(key)),
      );
    });

  it('say what is added to a variance, which the network may do otherwise', async () =>
    assertSameNorms(await readExport('pytorch-old-epsilon'), (key, i) =>
      key.endsWith('variance') ? valueOf(key, i) + 1e-5 - epsilon : valueOf(key, i),
    ));

  for (const file of ['pytorch-old', 'pytorch-new'])
    for (const k of [1, 2])
      it(`say how they normalise where ${file} wrote response norms out, k = ${k}`, async () => {
        assertOwn(await readExport(`${file}-lrn-k${k}`, without), ofLayers);
        const bytes = await fixtureBytes(`exports/${file}-lrn-k${k}.onnx`);
        const { norms } = await onnx.open(bytesSource(bytes), nothingBeside);
        const alpha = Math.fround(1e-4);
        const norm = { kind: 'norm', k, alpha };
        assert.deepEqual(norms, [norm, { kind: 'pool' }, norm]);
      });
});

describe("graph models of TensorFlow.js' converter", () => {
  for (const file of ['tfjs-keras2', 'tfjs-keras3'])
    it(`hold the network's weights, their batch norms folded: ${file}`, async () => {
      const shard = await fixtureBytes(`exports/${file}.bin`);
      const beside = inMemory({ 'group1-shard1of1.bin': shard });
      const values = await readWeights(
        await fixtureBytes(`exports/${file}.json`),
        withNorms,
        beside,
      );
      assertOwn(values, ofLayers);
      assertSameNorms(values);
    });
});

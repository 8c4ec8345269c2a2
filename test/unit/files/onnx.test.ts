import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onnx } from '../../../src/files/formats/onnx';
import { besideFile, nothingBeside } from '../../../src/files/bytes/openBeside';
import { caffeKernels, kernelsAndBiases, torchvisionKernels } from '../../support/kernelShapes';
import {
  external,
  floatAttribute,
  floatTensor,
  int32s,
  onnxModel,
  onnxNode,
  onnxTensor,
  onnxTypes,
  raw,
  tensorAttribute,
  wholeAttribute,
} from '../../support/onnxModel';
import { bytesField, bytesOf, double, float, number, packedFixed } from '../../support/protobuf';
import {
  assertMatches,
  assertRepeats,
  assertValues,
  contents,
  inMemory,
  openBytes,
  pattern,
  weightsFixture,
  normalisesLike,
} from '../../support/weightFixtures';

const fixtures = [
  {
    file: 'torchvision.onnx',
    documentId: undefined,
    wanted: kernelsAndBiases(torchvisionKernels, ['.weight', '.bias']),
  },
  {
    file: 'bvlcalexnet-like.onnx',
    documentId: 'bvlc' as const,
    wanted: kernelsAndBiases(caffeKernels, ['_w_0', '_b_0']),
  },
];

const ramp = (count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => i / 8 - 1);
const gemm = onnxNode('Gemm', ['x', 'w', 'b'], 'y');

describe('the ONNX reader', () => {
  for (const { file, documentId, wanted } of fixtures) {
    it(`reads ${file} as its library wrote it`, async () => {
      const source = await weightsFixture(file);
      assert.ok(await onnx.recognises(source));
      const opened = await onnx.open(source, nothingBeside);
      assert.equal(normalisesLike(opened), documentId);
      assert.deepEqual(
        opened.tensors.map(({ name, shape }) => ({ name, shape })),
        wanted,
      );
      assertMatches(opened, documentId ?? 'torchvision');
      for (const [index, tensor] of opened.tensors.entries()) {
        await assertRepeats(tensor, pattern(tensor.shape, index + 1));
      }
      await opened.close?.();
    });
  }

  it('orders tensors as the graph uses them, and leaves out what is no weight', async () => {
    const one = Float32Array.of(0.5);
    const bytes = onnxModel(
      [
        onnxNode('Conv', ['x', 'k1', 'b1'], 'c1'),
        onnxNode('Dropout', ['c1', 'ratio'], 'd1'),
        onnxNode('Reshape', ['d1', 'shape'], 'r'),
        onnxNode('Mul', ['r', 'half'], 'm'),
        onnxNode('MatMul', ['m', 'k2'], 'mm'),
        onnxNode('Add', ['mm', 'b2'], 'y'),
        onnxNode('MatMul', ['y', 'k2'], 'again'),
      ],
      [
        floatTensor('b2', [2], ramp(2)),
        floatTensor('unused', [2], ramp(2)),
        onnxTensor('shape', [1], onnxTypes.int64, raw(BigInt64Array.of(-1n))),
        floatTensor('ratio', [], one),
        floatTensor('half', [1], one),
        floatTensor('k2', [4, 2], ramp(8)),
        floatTensor('b1', [1], ramp(1)),
        floatTensor('k1', [1, 1, 2, 2], ramp(4)),
      ],
    );
    const file = await openBytes(onnx, bytes);
    assert.deepEqual(
      file.tensors.map(({ name }) => name),
      ['k1', 'b1', 'k2', 'b2'],
    );
    assert.equal(normalisesLike(file), undefined);
  });

  const values = [1.5, -2, 0.25];
  const half = Uint16Array.of(0x3e00, 0xc000, 0x3400);
  const brain = Uint16Array.of(0x3fc0, 0xc000, 0x3e80);
  const { float: f32, double: f64, float16, bfloat16 } = onnxTypes;
  const stored: readonly { how: string; type: number; data: Buffer }[] = [
    { how: 'float32, raw', type: f32, data: raw(Float32Array.from(values)) },
    { how: 'float32, packed', type: f32, data: packedFixed(4, Float32Array.from(values)) },
    { how: 'float32, one by one', type: f32, data: Buffer.concat(values.map((v) => float(4, v))) },
    {
      how: 'float32, packed in two parts',
      type: f32,
      data: Buffer.concat([packedFixed(4, Float32Array.of(1.5)), packedFixed(4, Float32Array.of(-2, 0.25))]), // prettier-ignore
    },
    { how: 'float64, raw', type: f64, data: raw(Float64Array.from(values)) },
    { how: 'float64, packed', type: f64, data: packedFixed(10, Float64Array.from(values)) },
    { how: 'float64, one by one', type: f64, data: Buffer.concat(values.map((v) => double(10, v))) }, // prettier-ignore
    { how: 'float16, raw', type: float16, data: raw(half) },
    { how: 'float16, as numbers', type: float16, data: int32s(...half) },
    { how: 'bfloat16, raw', type: bfloat16, data: raw(brain) },
    { how: 'bfloat16, as numbers', type: bfloat16, data: int32s(...brain) },
  ];
  for (const { how, type, data } of stored) {
    it(`reads ${how}`, async () => {
      const node = onnxNode('MatMul', ['x', 'w'], 'y');
      const file = await openBytes(onnx, onnxModel([node], [onnxTensor('w', [3, 1], type, data)]));
      assert.deepEqual(await contents(file), [['w', [3, 1], values]]);
    });
  }

  it('reads hundreds of thousands of floats that are not packed, over many windows', async () => {
    const count = 300_000;
    const floats = Buffer.concat(Array.from(ramp(count), (value) => float(4, value)));
    const tensor = onnxTensor('w', [count, 1], f32, floats);
    const file = await openBytes(onnx, onnxModel([onnxNode('MatMul', ['x', 'w'], 'y')], [tensor]));
    await assertValues(file.tensors[0]!, (i) => ramp(1)[0]! + i / 8);
  });

  it('finds weights in Constant nodes, and behind Identity and Cast', async () => {
    const constant = onnxTensor('', [2], f32, raw(ramp(2)));
    const bytes = onnxModel(
      [
        onnxNode('Constant', [], 'b', tensorAttribute('value', constant)),
        onnxNode('Identity', ['k'], 'same'),
        onnxNode('Cast', ['same'], 'w', wholeAttribute('to', 1)),
        gemm,
      ],
      [onnxTensor('k', [1, 2], float16, raw(Uint16Array.of(0x3c00, 0x4000)))],
    );
    assert.deepEqual(await contents(await openBytes(onnx, bytes)), [
      ['k', [1, 2], [1, 2]],
      ['b', [2], [-1, -0.875]],
    ]);
  });

  it('reads values from files beside it, from where it says', async () => {
    const data = raw(ramp(6)).subarray(2);
    const bytes = onnxModel(
      [gemm],
      [
        onnxTensor('w', [2, 2], f32, external({ location: 'a.data', offset: '8', length: '16' })),
        onnxTensor('b', [2], f32, external({ location: 'a.data' })),
      ],
    );
    const file = await openBytes(onnx, bytes, inMemory({ 'a.data': data }));
    assert.deepEqual(await contents(file), [
      ['w', [2, 2], [-0.75, -0.625, -0.5, -0.375]],
      ['b', [2], [-1, -0.875]],
    ]);
    await file.close?.();
  });

  for (const location of ['./w.bin', 'w.bin', 'sub/w.bin', './sub/./deep/w.bin', 'linked/w.bin'])
    it(`reads values from ${location} in its folder or below it`, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'alexnet-onnx-'));
      try {
        const path = join(folder, location);
        await mkdir(join(folder, 'sub', 'deep'), { recursive: true });
        await symlink(join(folder, 'sub'), join(folder, 'linked'));
        await writeFile(path, bytesOf(ramp(4)));
        const entries = { location, length: '16' };
        const bytes = onnxModel([gemm], [onnxTensor('w', [2, 2], f32, external(entries))]);
        const file = await openBytes(onnx, bytes, besideFile(join(folder, 'model.onnx')));
        assert.deepEqual(await contents(file), [['w', [2, 2], [-1, -0.875, -0.75, -0.625]]]);
        await file.close?.();
      } finally {
        await rm(folder, { recursive: true });
      }
    });

  it('does not wait at a pipe beside it', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = await mkdtemp(join(tmpdir(), 'alexnet-onnx-'));
    try {
      execFileSync('mkfifo', [join(folder, 'w.bin')]);
      const tensor = onnxTensor('w', [2, 2], f32, external({ location: 'w.bin' }));
      const opened = openBytes(onnx, onnxModel([gemm], [tensor]), besideFile(join(folder, 'm')));
      await assert.rejects(opened, /needs the file "w.bin" beside it: not a file/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  const norm = (bias?: number, alpha?: number): Buffer =>
    onnxNode(
      'LRN',
      ['c'],
      'n',
      wholeAttribute('size', 5),
      ...(bias === undefined ? [] : [floatAttribute('bias', bias)]),
      ...(alpha === undefined ? [] : [floatAttribute('alpha', alpha)]),
    );
  const pool = onnxNode('MaxPool', ['n'], 'p');
  const graphs: readonly { why: string; steps: Buffer[]; documentId: string | undefined }[] = [
    { why: 'normalises, then pools', steps: [norm(), pool, norm(), pool], documentId: 'bvlc' },
    { why: 'pools, then normalises', steps: [pool, norm(1, 1e-4), pool], documentId: 'caffenet' },
    { why: "has the paper's constants", steps: [norm(2, 5e-4), pool], documentId: 'paper' },
    { why: 'has constants of its own', steps: [norm(2, 1e-4), pool], documentId: undefined },
    { why: 'does not normalise', steps: [pool], documentId: undefined },
  ];
  for (const { why, steps, documentId } of graphs) {
    it(`a graph that ${why} is ${documentId ?? 'of no variant'}`, async () => {
      const weights = [floatTensor('w', [2, 2], ramp(4)), floatTensor('b', [2], ramp(2))];
      const file = await openBytes(onnx, onnxModel([...steps, gemm], weights));
      assert.equal(normalisesLike(file), documentId);
    });
  }

  it('is not taken for any file that begins like one', async () => {
    const others = [
      Buffer.alloc(0),
      Buffer.from('\x08'),
      Buffer.from('\x08\x08and so on'),
      Buffer.from('\x08\x08\x12\x02a'),
      Buffer.concat([number(1, 5000), bytesField(7, Buffer.alloc(0))]),
      Buffer.concat([bytesField(2, Buffer.from('x')), bytesField(7, Buffer.alloc(0))]),
      Buffer.from('{"a":1}'),
      Buffer.from('PK\x03\x04'),
    ];
    for (const bytes of others) {
      await assert.rejects(openBytes(onnx, bytes), /recognises its own/, bytes.toString('latin1'));
    }
  });
});

import { strict as assert } from 'node:assert';
import { readTensor } from '../../../src/files/tensors/tensorValues';
import { onnx } from '../../../src/files/formats/onnx';
import { nothingBeside } from '../../../src/files/bytes/openBeside';
import type { KernelShapes } from '../../support/kernelShapes';
import { kernelsAndBiases } from '../../support/kernelShapes';
import { floatTensor, int32s, onnxModel, onnxNode, onnxTensor, onnxTypes, raw, wholeAttribute } from '../../support/onnxModel'; // prettier-ignore
import {
  contents,
  openBytes,
  patternValue,
  weightsFixture,
  normalisesLike,
} from '../../support/weightFixtures';

/** What quantised.py beside the fixtures makes. */
const smallNet: KernelShapes = [
  ['conv1', [8, 3, 3, 3]],
  ['conv2', [8, 4, 3, 3]],
  ['fc6', [16, 128]],
  ['fc7', [10, 16]],
];

const gemm = onnxNode('Gemm', ['x', 'w', 'b'], 'y');

describe('the ONNX reader and integers', () => {
  for (const file of ['quantised-operators.onnx', 'quantised-qdq.onnx']) {
    it(`reads ${file} as ONNX Runtime rounded it`, async () => {
      const opened = await onnx.open(await weightsFixture(file), nothingBeside);
      assert.equal(normalisesLike(opened), 'bvlc');
      assert.deepEqual(
        opened.tensors.map(({ name, shape }) => ({ name, shape })),
        kernelsAndBiases(smallNet, ['_w_0_quantized', '_b_0_quantized']),
      );
      for (const [index, tensor] of opened.tensors.entries()) {
        const { shape } = tensor;
        const exact = patternValue(shape, index + 1);
        const values = await readTensor(tensor);
        const ofChannel = values.length / (shape[0] ?? 1);
        for (const [i, value] of values.entries()) {
          const channel = values.subarray(i - (i % ofChannel), i - (i % ofChannel) + ofChannel);
          const step = Math.max(...channel.map(Math.abs)) / 127;
          const off = Math.abs(value - exact(i));
          assert.ok(off <= (shape.length > 1 ? 0.51 * step : 1e-3), `${tensor.name} ${i}: ${off}`);
        }
      }
    });
  }

  const scales = [
    floatTensor('xs', [], Float32Array.of(0.5)),
    floatTensor('ws', [2], Float32Array.of(0.25, 2)),
    onnxTensor('wz', [2], onnxTypes.int8, int32s(-1, 3)),
    onnxTensor('w', [2, 2], onnxTypes.int8, raw(Int8Array.of(-128, 127, 0, 3))),
    onnxTensor('b', [2], onnxTypes.int32, raw(Int32Array.of(100_000, -4))),
  ];

  it('scales the integers of QLinearConv and QGemm per channel, and the bias with them', async () => {
    const conv = onnxNode('QLinearConv', ['x', 'xs', 'xz', 'w', 'ws', 'wz', 'ys', 'yz', 'b'], 'y');
    const dense = onnxNode('QGemm', ['x', 'xs', 'xz', 'w', 'ws', 'wz', 'b'], 'y', wholeAttribute('transB', 1)); // prettier-ignore
    for (const node of [conv, dense]) {
      assert.deepEqual(await contents(await openBytes(onnx, onnxModel([node], scales))), [
        ['w', [2, 2], [-31.75, 32, -6, 0]],
        ['b', [2], [12_500, -4]],
      ]);
    }
  });

  it('scales the integers of QLinearMatMul by columns', async () => {
    const node = onnxNode('QLinearMatMul', ['x', 'xs', 'xz', 'w', 'ws', 'wz'], 'y');
    assert.deepEqual(await contents(await openBytes(onnx, onnxModel([node], scales))), [
      ['w', [2, 2], [-31.75, 248, 0.25, 0]],
    ]);
  });

  it('scales what DequantizeLinear widens, per tensor and per channel', async () => {
    const bytes = onnxModel(
      [
        onnxNode('DequantizeLinear', ['x8', 'xs', 'xz'], 'x'),
        onnxNode('DequantizeLinear', ['w8', 'ws', 'wz'], 'w', wholeAttribute('axis', 0)),
        onnxNode('DequantizeLinear', ['b8', 'bs'], 'b'),
        gemm,
      ],
      [
        ...scales.slice(0, 3),
        floatTensor('bs', [1], Float32Array.of(0.125)),
        onnxTensor('w8', [2, 2], onnxTypes.int8, int32s(-128, 127, 0, 3)),
        onnxTensor('b8', [2], onnxTypes.uint8, raw(Uint8Array.of(8, 255))),
      ],
    );
    assert.deepEqual(await contents(await openBytes(onnx, bytes)), [
      ['w8', [2, 2], [-31.75, 32, -6, 0]],
      ['b8', [2], [1, 31.875]],
    ]);
  });
});

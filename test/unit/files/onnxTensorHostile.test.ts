import { onnx } from '../../../src/files/formats/onnx';
import { besideFile, nothingBeside } from '../../../src/files/bytes/openBeside';
import { external, floatAttribute, floatTensor, int32s, onnxFile, onnxModel, onnxNode, onnxTensor, onnxTypes, raw } from '../../support/onnxModel'; // prettier-ignore
import { bytesField, float, message, number, packed, packedFixed, text, varint } from '../../support/protobuf'; // prettier-ignore
import type { HostileFile } from '../../support/weightFixtures';
import { assertRefused, inMemory } from '../../support/weightFixtures';

const { float: f32, int8, int32, int64, double: f64, float16 } = onnxTypes;
const use = onnxNode('MatMul', ['x', 'w'], 'y');
/** A file whose only weight is this tensor. */
const withTensor = (...parts: Parameters<typeof onnxTensor>): Buffer =>
  onnxModel([use], [onnxTensor(...parts)]);
const single = floatTensor('w', [1], new Float32Array(1));
const four = raw(new Float32Array(4));
const inFile = (entries: Record<string, string>): Buffer =>
  withTensor('w', [2, 2], f32, external(entries));
const quantised = (inputs: readonly string[], ...tensors: Buffer[]): Buffer =>
  onnxModel(
    [onnxNode('QLinearConv', ['x', 'xs', 'xz', 'w', 'ws', 'wz', ...inputs], 'y')],
    [onnxTensor('w', [2, 2], int8, raw(new Int8Array(4))), ...tensors],
  );
const zeros = (count: number): Buffer => onnxTensor('wz', [count], int8, raw(new Int8Array(count)));
const disk = besideFile('/nowhere/model.onnx');
const hostile: readonly HostileFile[] = [
  { why: 'a negative size', bytes: () => withTensor('w', [-1], f32, four), message: /w has the impossible shape \[-1\]/ }, // prettier-ignore
  {
    why: 'two negative sizes whose product fits',
    bytes: () => withTensor('w', [-2, -2], f32, four),
    message: /impossible shape \[-2, -2\]/,
  },
  {
    why: 'a size of 2^62',
    bytes: () => onnxModel([use], [Buffer.concat([packed(1, [2 ** 62]), number(2, f32), text(8, 'w'), four])]), // prettier-ignore
    message: /impossible shape/,
  },
  {
    why: 'sizes whose product overflows',
    bytes: () => withTensor('w', [2 ** 32, 2 ** 32], f32, four),
    message: /impossible shape \[4294967296, 4294967296\]/,
  },
  {
    why: 'sizes whose product is beyond the file',
    bytes: () => withTensor('w', [2 ** 20, 2 ** 20], f32, four),
    message: /w has shape \[1048576, 1048576\], 4398046511104 bytes, but holds 16/,
  },
  {
    why: 'nine axes',
    bytes: () => withTensor('w', Array<number>(9).fill(1), f32, four),
    message: /more than 8 axes/,
  },
  {
    why: 'a hundred thousand packed sizes',
    bytes: () => onnxModel([use], [packed(1, Array<number>(100_000).fill(1))]),
    message: /more than 8 numbers/,
  },
  {
    why: 'less raw data than its shape',
    bytes: () => withTensor('w', [2, 3], f32, four),
    message: /w has shape \[2, 3\], 24 bytes, but holds 16/,
  },
  {
    why: 'more raw data than its shape',
    bytes: () => withTensor('w', [3], f32, four),
    message: /12 bytes, but holds 16/,
  },
  {
    why: 'fewer listed floats than its shape',
    bytes: () => withTensor('w', [4], f32, float(4, 1), float(4, 1)),
    message: /4 values, but lists 2/,
  },
  { why: 'no values at all', bytes: () => withTensor('w', [4], f32), message: /4 values, but lists 0/ }, // prettier-ignore
  {
    why: 'packed floats of three bytes',
    bytes: () => withTensor('w', [1], f32, bytesField(4, Buffer.alloc(3))),
    message: /have 3 bytes, not 4s/,
  },
  {
    why: 'floats of eight bytes',
    bytes: () => withTensor('w', [1], f32, Buffer.concat([varint(4 * 8 + 1), Buffer.alloc(8)])),
    message: /field 4 at byte \d+ is not of its kind/,
  },
  {
    why: 'values both raw and listed',
    bytes: () => withTensor('w', [4], f32, four, packedFixed(4, new Float32Array(4))),
    message: /w holds its values more than once/,
  },
  {
    why: 'raw data twice',
    bytes: () => withTensor('w', [4], f32, four, four),
    message: /w holds its values more than once/,
  },
  {
    why: 'doubles in a tensor of floats',
    bytes: () => withTensor('w', [4], f32, packedFixed(10, new Float64Array(4))),
    message: /but lists 0/,
  },
  {
    why: 'floats in a tensor of doubles',
    bytes: () => withTensor('w', [4], f64, packedFixed(4, new Float32Array(4))),
    message: /but lists 0/,
  },
  {
    why: 'half floats listed beyond 16 bits',
    bytes: () => withTensor('w', [1], float16, int32s(70_000)),
    message: /w lists 70000, which is no F16/,
  },
  {
    why: 'more listed half floats than its shape',
    bytes: () => withTensor('w', [2], float16, int32s(1, 2, 3)),
    message: /w holds more than the 2 values/,
  },
  {
    why: 'listed numbers that do not end',
    bytes: () => withTensor('w', [1], float16, bytesField(5, Buffer.alloc(20, 0x80))),
    message: /does not end/,
  },
  {
    why: 'listed numbers that are not packed',
    bytes: () => withTensor('w', [1], float16, number(5, 1)),
    message: /is not packed/,
  },
  { why: 'a type of no name', bytes: () => withTensor('w', [1], 99, four), message: /w has ONNX type 99; float32/ }, // prettier-ignore
  { why: 'a kernel of int64', bytes: () => withTensor('w', [2], int64, four), message: /w has ONNX type 7/ }, // prettier-ignore
  {
    why: 'a kernel of unscaled int8',
    bytes: () => withTensor('w', [4], int8, raw(new Int8Array(4))),
    message: /nothing says how to scale/,
  },
  {
    why: 'a tensor in segments',
    bytes: () => withTensor('w', [4], f32, message(3, number(1, 0)), four),
    message: /w is stored in segments/,
  },
  {
    why: 'sparse weights',
    bytes: () => onnxFile(message(15)),
    message: /sparse weights, which are not read/,
  },
  { why: 'NaN', bytes: () => withTensor('w', [1], f32, float(4, NaN)), message: /w holds NaN at index 0/ }, // prettier-ignore
  {
    why: 'a float64 beyond float32',
    bytes: () => withTensor('w', [1], f64, raw(Float64Array.of(1e300))),
    message: /w holds Infinity/,
  },
  {
    why: 'a Gemm that scales',
    bytes: () => onnxModel([onnxNode('Gemm', ['x', 'w'], 'y', floatAttribute('alpha', 2))], [single]), // prettier-ignore
    message: /y has alpha 2; only 1 is read/,
  },
  {
    why: 'weights that are quantised as they run',
    bytes: () => onnxModel([onnxNode('MatMulInteger', ['x', 'w'], 'y')], [single]),
    message: /y quantises as it runs \(MatMulInteger\)/,
  },
  {
    why: 'a scale that the graph computes',
    bytes: () => quantised([]),
    message: /w is scaled by "ws", which is no constant/,
  },
  {
    why: 'scales that fit no axis',
    bytes: () => quantised([], floatTensor('ws', [3], Float32Array.of(1, 1, 1)), zeros(3)),
    message: /3 scales for its axis 0/,
  },
  {
    why: 'zero points of another count',
    bytes: () => quantised([], floatTensor('ws', [2], Float32Array.of(1, 1)), zeros(1)),
    message: /2 scales, but 1 zero points/,
  },
  {
    why: 'an infinite scale',
    bytes: () => quantised([], floatTensor('ws', [], Float32Array.of(Infinity)), zeros(1)),
    message: /w is scaled with Infinity/,
  },
  {
    why: 'a scale of integers',
    bytes: () => quantised([], onnxTensor('ws', [], int8, int32s(1)), zeros(1)),
    message: /ws is no scale of floats/,
  },
  {
    why: 'a million scales',
    bytes: () => quantised([], floatTensor('ws', [2 ** 20], new Float32Array(2 ** 20)), zeros(1)),
    message: /too many scales/,
  },
  {
    why: 'a bias whose scales do not fit each other',
    bytes: () =>
      quantised(
        ['ys', 'yz', 'b'],
        floatTensor('xs', [3], Float32Array.of(1, 1, 1)),
        floatTensor('ws', [2], Float32Array.of(1, 1)),
        zeros(2),
        onnxTensor('b', [2], int32, raw(new Int32Array(2))),
      ),
    message: /b has scales of 3 and 2 values/,
  },
  ...['../w', '/etc/passwd', 'a/../../w', 'C:\\w', '..', '', 'file:///etc/passwd'].map(
    (location) => ({
      why: `values in ${JSON.stringify(location)}`,
      bytes: () => inFile({ location }),
      message: /names the file ".*", which is not in its folder/,
      beside: disk,
    }),
  ),
  {
    why: 'values in a file that is not there',
    bytes: () => inFile({ location: 'w.data' }),
    message: /needs the file "w.data" beside it: could not be opened \(ENOENT\)/,
    beside: disk,
  },
  {
    why: 'values beside a file that has no folder',
    bytes: () => inFile({ location: 'w.data' }),
    message: /needs the file "w.data" beside it: copy both/,
    beside: nothingBeside,
  },
  ...[
    { why: 'a negative offset', more: { offset: '-8' }, message: /has the offset "-8"/ },
    { why: 'an offset that is no number', more: { offset: '0x10' }, message: /has the offset "0x10"/ }, // prettier-ignore
    { why: 'an offset past the end', more: { offset: '1' }, message: /lies at bytes 1 to 17 of "w", which has 16/ }, // prettier-ignore
    { why: 'an offset of 16 digits', more: { offset: '9'.repeat(16) }, message: /has the offset/ },
    { why: 'a length that is not the shape\'s', more: { length: '12' }, message: /takes 16 bytes, but 12 in "w"/ }, // prettier-ignore
  ].map(({ why, more, message: said }) => ({
    why: `${why} in another file`,
    bytes: () => inFile({ location: 'w', ...more }),
    message: said,
    beside: inMemory({ w: new Uint8Array(16) }),
  })),
  {
    why: 'two locations',
    bytes: () =>
      withTensor('w', [4], f32, external({ location: 'a' }), external({ location: 'b' })),
    message: /gives "location" twice/,
  },
];

describe('the ONNX reader refuses, of tensors,', () => {
  for (const file of hostile) it(file.why, () => assertRefused(onnx, file));
});

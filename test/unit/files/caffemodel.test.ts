import { library } from '../../../src/library/alexNets';
import { normalisesLike } from '../../support/weightFixtures';
import { strict as assert } from 'node:assert';
import { bytesSource } from '../../../src/files/bytes/byteSource';
import { caffemodel } from '../../../src/files/formats/caffemodel';
import { nothingBeside } from '../../../src/files/bytes/openBeside';
import { readTensor } from '../../../src/files/tensors/tensorValues';
import { WeightsError } from '../../../src/files/bytes/weightsError';
import { openWeightsFile } from '../../../src/files/weightsFile';
import { bytesField, double, float, message, number, packed, packedFixed, text, varint } from '../../support/protobuf'; // prettier-ignore
import type { HostileFile } from '../../support/weightFixtures';
import { assertRefused, openBytes } from '../../support/weightFixtures';
import type { CaffeLayer } from '../../support/writeCaffemodel';
import { blobValues, normParameter, oldShape, shape, writeV0, writeV1, writeV2 } from '../../support/writeCaffemodel'; // prettier-ignore

const ramp = (count: number): number[] => Array.from({ length: count }, (_, i) => i / 4 - 1);
const { packed: asPacked } = blobValues;
const blob = (dims: Buffer, count: number, write = asPacked): Buffer =>
  Buffer.concat([dims, write(ramp(count))]);

/** A net's layers with blobs as this function shapes them. */
function net(dims: (...dims: number[]) => Buffer, write = asPacked): CaffeLayer[] {
  const four = (...sizes: number[]): Buffer =>
    dims === oldShape ? dims(...[1, 1, 1].slice(0, 4 - sizes.length), ...sizes) : dims(...sizes);
  return [
    { name: 'data', type: 'Data' },
    {
      name: 'conv1',
      type: 'Convolution',
      blobs: [blob(four(2, 3, 2, 2), 24, write), blob(four(2), 2, write)],
    },
    { name: 'relu1', type: 'ReLU' },
    { name: 'norm1', type: 'LRN', norm: normParameter() },
    { name: 'pool1', type: 'Pooling' },
    {
      name: 'fc6',
      type: 'InnerProduct',
      blobs: [blob(four(4, 3), 12, write), blob(four(4), 4, write)],
    },
    { name: 'drop6', type: 'Dropout' },
    { name: 'loss', type: 'SoftmaxWithLoss' },
  ];
}

const forms = [
  { form: 'V0, of 2013', bytes: () => writeV0(net(oldShape)) },
  {
    form: 'V0 whose layers have names and blobs outside too, which do not count',
    bytes: () => writeV0(net(oldShape), message(6, blob(shape(7), 7)), text(4, 'outside')),
  },
  { form: 'V1 beside V2, which does not count', bytes: () => Buffer.concat([writeV2(net(shape).slice(5)), writeV1(net(oldShape))]) }, // prettier-ignore
  { form: 'V1 with four axes', bytes: () => writeV1(net(oldShape)) },
  { form: 'V1 with shapes', bytes: () => writeV1(net(shape)) },
  { form: 'V2 with shapes', bytes: () => writeV2(net(shape)) },
  { form: 'V2 with four axes', bytes: () => writeV2(net(oldShape)) },
  ...Object.entries(blobValues).map(([how, write]) => ({
    form: `V2 with values ${how}`,
    bytes: () => writeV2(net(shape, write)),
  })),
];

const layerOf = (...blobs: Buffer[]): Buffer =>
  writeV2([{ name: 'fc', type: 'InnerProduct', blobs }]);
const values = asPacked(ramp(4));

const hostile: readonly HostileFile[] = [
  { why: 'nothing', bytes: () => new Uint8Array(), message: /no layer of the net has weights/ },
  { why: 'a net without weights', bytes: () => writeV2([{ name: 'data', type: 'Data' }]), message: /no layer/ }, // prettier-ignore
  {
    why: 'a layer beyond the end of the file',
    bytes: () => Buffer.concat([varint(100 * 8 + 2), varint(1000)]),
    message: /field 100 at byte 0 claims 1000 bytes where 0 are left/,
  },
  {
    why: 'a blob that leaves its layer',
    bytes: () => Buffer.concat([message(100, varint(7 * 8 + 2), varint(30)), Buffer.alloc(30)]),
    message: /field 7 at byte \d+ claims 30 bytes where 0 are left/,
  },
  {
    why: 'values that leave their blob',
    bytes: () => layerOf(Buffer.concat([shape(4), varint(5 * 8 + 2), varint(16)])),
    message: /field 5 at byte \d+ claims 16 bytes where 0 are left/,
  },
  { why: 'a layer that is a number', bytes: () => number(100, 1), message: /field 100 .* not of its kind/ }, // prettier-ignore
  { why: 'a negative size', bytes: () => layerOf(Buffer.concat([shape(-4), values])), message: /fc.weight has the impossible shape \[-4\]/ }, // prettier-ignore
  {
    why: 'negative sizes whose product fits',
    bytes: () => layerOf(Buffer.concat([oldShape(-2, -2, 1, 1), values])),
    message: /impossible shape \[-2, -2, 1, 1\]/,
  },
  {
    why: 'sizes whose product overflows',
    bytes: () => layerOf(Buffer.concat([shape(2 ** 40, 2 ** 40), values])),
    message: /impossible shape/,
  },
  {
    why: 'a shape larger than the file',
    bytes: () => layerOf(Buffer.concat([shape(2 ** 15, 2 ** 15), values])),
    message: /fc.weight has shape \[32768, 32768\], 1073741824 values, but holds 4/,
  },
  { why: 'a shape of nothing', bytes: () => layerOf(values), message: /impossible shape \[0, 0, 0, 0\]/ }, // prettier-ignore
  { why: 'no values', bytes: () => layerOf(shape(4)), message: /4 values, but holds 0/ },
  { why: 'fewer values than its shape', bytes: () => layerOf(Buffer.concat([shape(5), values])), message: /5 values, but holds 4/ }, // prettier-ignore
  { why: 'more values than its shape', bytes: () => layerOf(Buffer.concat([shape(3), values])), message: /3 values, but holds 4/ }, // prettier-ignore
  {
    why: 'floats and doubles',
    bytes: () => layerOf(Buffer.concat([shape(4), values, double(8, 1)])),
    message: /twice, as floats and as doubles/,
  },
  {
    why: 'packed floats of five bytes',
    bytes: () => layerOf(Buffer.concat([shape(1), bytesField(5, Buffer.alloc(5))])),
    message: /have 5 bytes, not 4s/,
  },
  { why: 'values that are varints', bytes: () => layerOf(Buffer.concat([shape(1), number(5, 1)])), message: /not of its kind/ }, // prettier-ignore
  { why: 'values of eight bytes as floats', bytes: () => layerOf(Buffer.concat([shape(1), double(5, 1)])), message: /not of its kind/ }, // prettier-ignore
  { why: 'a shape of nine axes', bytes: () => layerOf(message(7, packed(1, Array<number>(9).fill(1)))), message: /more than 8/ }, // prettier-ignore
  {
    why: 'a shape of nine axes one by one',
    bytes: () => layerOf(message(7, ...Array.from({ length: 9 }, () => number(1, 1)))),
    message: /more than 8 axes/,
  },
  {
    why: 'two layers of one name',
    bytes: () => Buffer.concat([layerOf(blob(shape(1), 1)), layerOf(blob(shape(1), 1))]),
    message: /two tensors called fc.weight/,
  },
  { why: 'NaN', bytes: () => layerOf(Buffer.concat([shape(1), float(5, NaN)])), message: /holds NaN/ }, // prettier-ignore
  {
    why: 'a double beyond float32',
    bytes: () => layerOf(Buffer.concat([shape(1), packedFixed(8, Float64Array.of(-1e300))])),
    message: /holds -Infinity/,
  },
  {
    why: 'a million empty layers',
    bytes: () => Buffer.alloc(3e6, Buffer.from([0xa2, 0x06, 0])),
    message: /too many fields up to byte/,
  },
  {
    why: 'a million empty blobs',
    bytes: () => message(100, Buffer.alloc(2e6, Buffer.from([0x3a, 0]))),
    message: /too many fields up to byte/,
  },
  {
    why: 'a million packed parts without a value',
    bytes: () => layerOf(Buffer.concat([shape(1), Buffer.alloc(2e6, Buffer.from([0x2a, 0]))])),
    message: /too many fields up to byte/,
  },
];

describe('the caffemodel reader', () => {
  for (const { form, bytes } of forms) {
    it(`reads ${form}`, async () => {
      const file = await openBytes(caffemodel, bytes());
      const { tensors } = file;
      assert.equal(normalisesLike(file), 'bvlc');
      assert.deepEqual(
        tensors.map(({ name, shape: dims }) => [name, dims]),
        [
          ['conv1.weight', [2, 3, 2, 2]],
          ['conv1.bias', [2]],
          ['fc6.weight', [4, 3]],
          ['fc6.bias', [4]],
        ],
      );
      for (const tensor of tensors) {
        const read = await readTensor(tensor);
        assert.deepEqual(Array.from(read), ramp(read.length));
      }
    });
  }

  it('takes the sizes of before shapes where a blob has both, as Caffe does', async () => {
    const both = Buffer.concat([oldShape(1, 1, 2, 2), shape(4, 1), values]);
    const { tensors } = await openBytes(caffemodel, layerOf(both));
    assert.deepEqual(tensors[0]?.shape, [2, 2]);
  });

  it('tells CaffeNet by its pooling, and says nothing of other constants', async () => {
    const layers = net(shape);
    const [norm, pool] = [layers[3]!, layers[4]!];
    const order = async (...steps: CaffeLayer[]): Promise<string | undefined> =>
      normalisesLike(await openBytes(caffemodel, writeV2([...layers.slice(0, 3), ...steps])));
    assert.equal(await order(pool, norm), 'caffenet');
    assert.equal(await order(norm, pool), 'bvlc');
    assert.equal(await order(pool), undefined);
    assert.equal(await order({ ...norm, norm: normParameter(1) }, pool), undefined);
  });

  it('is recognised by a whole first layer, and by nothing less', async () => {
    const oldest = message(2, message(1, text(1, 'conv1'), text(2, 'conv')));
    const whole = [writeV1(net(oldShape)), writeV2(net(shape)), oldest];
    for (const bytes of whole) assert.ok(await caffemodel.recognises(bytesSource(bytes)));
    const others = [
      '',
      '\n',
      '\n\nSome text that begins with empty lines, then goes on for a while.',
      '\n\x07AlexNet',
      '\n\x07AlexNet\x12\x02\x22\x00',
      '\n\x07AlexNet\xa2\x06\x05\x0a\x03abc',
      '\x89HDF\r\n\x1a\n',
      '\x80\x02}q\x00',
    ];
    for (const text of others) {
      const bytes = Buffer.from(text, 'latin1');
      assert.equal(await caffemodel.recognises(bytesSource(bytes)), false, JSON.stringify(text));
    }
  });

  for (const file of hostile) {
    it(`refuses ${file.why}`, () => assertRefused(caffemodel, file));
  }

  it('refuses a file cut short anywhere but between two layers', async () => {
    const layers = net(shape);
    const whole = writeV2(layers);
    const ends = new Set(layers.map((_, count) => writeV2(layers.slice(0, count + 1)).length));
    for (let length = 0; length < whole.length; length++) {
      const source = bytesSource(whole.subarray(0, length));
      await caffemodel.recognises(source);
      const opened = caffemodel.open(source, nothingBeside);
      if (ends.has(length)) await opened.catch(() => undefined);
      else await assert.rejects(opened, WeightsError, `${length} bytes`);
    }
  });

  it('names the file that it is, where its layers are no AlexNet', async () => {
    await assert.rejects(
      openWeightsFile(bytesSource(writeV2(net(shape))), library, nothingBeside),
      WeightsError,
    );
  });
});

describe("blobs of NVIDIA's Caffe", () => {
  /** raw_data_type and raw_data. */
  const rawBlob = (type: number, bytes: Buffer): Buffer =>
    Buffer.concat([shape(2, 3), number(10, type), number(11, type), bytesField(12, bytes)]);
  const fileOf = (content: Buffer): Buffer =>
    writeV2([{ name: 'fc6', type: 'InnerProduct', blobs: [content] }]);
  const halves = Buffer.from(Uint16Array.of(0, 0x3c00, 0x4000, 0x4200, 0xbc00, 0x3800).buffer);

  for (const [type, bytes, wanted] of [
    [0, Buffer.from(Float64Array.of(0, 1, 2, 3, -1, 0.5).buffer), 'doubles'],
    [1, Buffer.from(Float32Array.of(0, 1, 2, 3, -1, 0.5).buffer), 'floats'],
    [2, halves, 'halves'],
  ] as const)
    it(`hold ${wanted} as they lie in memory`, async () => {
      const { tensors } = await openBytes(caffemodel, fileOf(rawBlob(type, bytes)));
      assert.deepEqual([...(await readTensor(tensors[0]!))], [0, 1, 2, 3, -1, 0.5]);
    });

  it('are refused where they are cut, or hold integers', async () => {
    for (const [content, message] of [
      [rawBlob(1, Buffer.alloc(20)), /6 values of F32, but holds 20 bytes/],
      [rawBlob(3, Buffer.alloc(6)), /holds integers/],
    ] as const)
      await assert.rejects(openBytes(caffemodel, fileOf(content)), (error) => {
        assert.ok(error instanceof WeightsError);
        assert.match(error.message, message);
        return true;
      });
  });
});

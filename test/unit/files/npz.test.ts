import { strict as assert } from 'node:assert';
import { alexNets } from '../../../src/library/alexNets';
import { bytesSource } from '../../../src/files/bytes/byteSource';
import { readNpyHeader } from '../../../src/files/containers/npy';
import { formats } from '../../../src/files/formats/formats';
import { npz } from '../../../src/files/formats/npz';
import { nothingBeside } from '../../../src/files/bytes/openBeside';
import { readTensor } from '../../../src/files/tensors/tensorValues';
import { kerasPattern } from '../../support/kerasFiles';
import { pythonFile } from '../../support/pythonFiles';
import {
  assertMatches,
  assertRefused,
  assertRepeats,
  assertValues,
  openBytes,
  weightsFixture,
} from '../../support/weightFixtures';
import { writeZip } from '../../support/writeArchive';

/** An .npy file with this header, padded or not as it is given. */
function npy(header: string, data = new Uint8Array(), version = 1): Buffer {
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  length.writeUIntLE(header.length, 0, length.length);
  const magic = Buffer.from([0x93, ...Buffer.from('NUMPY'), version, 0]);
  return Buffer.concat([magic, length, Buffer.from(header, 'latin1'), data]);
}

const header = (descr = '<f4', order = 'False', shape = '(2,)'): string =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`;

const archive = (...files: Buffer[]): Buffer =>
  writeZip(
    files.map((bytes, i) => ({ name: `a${i || ''}.npy`, bytes })),
    0,
  );

const floats = Buffer.from(Float32Array.of(1, 2).buffer);

const kerasTensors = alexNets.keras.network.layers.flatMap(({ name: layer, weights }) =>
  weights.map(({ name, shape }) => ({ name: `${layer}/${name}`, shape })),
);

describe("NumPy's own files", () => {
  it('keras.npz holds what was saved', async () => {
    const source = await weightsFixture('keras.npz');
    const recognised = await Promise.all(formats.map((format) => format.recognises(source)));
    assert.equal(formats[recognised.indexOf(true)], npz);
    const file = await npz.open(source, nothingBeside);
    const { tensors } = file;
    assert.deepEqual(
      tensors.map(({ name, shape }) => ({ name, shape })),
      kerasTensors,
    );
    assertMatches(file, 'keras', 'name');
    for (const tensor of tensors)
      await assertRepeats(tensor, kerasPattern(tensor.name, tensor.shape));
  });

  it('are read packed, in column order, of other sizes and byte orders; counters are left out', async () => {
    const { tensors } = await openBytes(npz, pythonFile('compressed.npz'));
    const quarters = [0, 0.25, 0.5, 0.75, 1, 1.25];
    const read = await Promise.all(
      tensors.map(async (tensor) => [
        tensor.name,
        tensor.shape,
        Array.from(await readTensor(tensor)),
      ]),
    );
    assert.deepEqual(read, [
      ...['c/kernel', 'f/kernel', 'half', 'big', 'double', 'bigdouble'].map((name) => [
        name,
        [2, 3],
        quarters,
      ]),
      ['empty', [0, 3], []],
      ['scalar', [], [7.5]],
    ]);
  });

  it('an array in column order is read in pieces of its rows', async () => {
    const rows = 1100;
    const columns = 1000;
    const data = Buffer.from(
      Float32Array.from(
        { length: rows * columns },
        (_, i) => (i % rows) * columns + Math.floor(i / rows),
      ).buffer,
    );
    const { tensors } = await openBytes(
      npz,
      archive(npy(header('<f4', 'True', `(${rows}, ${columns})`), data)),
    );
    await assertValues(tensors[0]!, (i) => i);
  });
});

describe('the header of an .npy file', () => {
  const read = (text: string, version = 1): object => {
    const { descr, fortranOrder, shape } = readNpyHeader(npy(text, undefined, version), 'a');
    return { descr, fortranOrder, shape };
  };

  it('is read in its versions, orders and paddings', () => {
    const wanted = { descr: '<f4', fortranOrder: false, shape: [2] };
    assert.deepEqual(read(header()), wanted);
    assert.deepEqual(read(header(), 2), wanted);
    assert.deepEqual(read(header(), 3), wanted);
    assert.deepEqual(read(`${header().trim()}${' '.repeat(50)}\n`), wanted);
    assert.deepEqual(read("{'shape':(2L,),'fortran_order':False,'descr':'<f4'}"), wanted);
    assert.deepEqual(read('{"descr": "<f4", "fortran_order": False, "shape": (2,)}'), wanted);
    assert.deepEqual(read(header('>f8', 'True', '(3, 4)')), {
      descr: '>f8',
      fortranOrder: true,
      shape: [3, 4],
    });
    assert.deepEqual(read(header('<f4', 'False', '()')), { ...wanted, shape: [] });
  });

  for (const text of [
    '',
    '{}',
    '{',
    `${header()}{}`,
    `${header()}import os`,
    header('<f4', 'false'),
    header('<f4', '__import__("os").system("id")'),
    header('<f4', 'False', '(2)'),
    header('<f4', 'False', '(-2,)'),
    header('<f4', 'False', '(2.5,)'),
    header('<f4', 'False', '(,)'),
    header('<f4', 'False', '(2,,)'),
    header('<f4', 'False', '(2 3,)'),
    header('<f4', 'False', `(${'9'.repeat(30)},)`),
    header('<f4', 'False', `(${'1, '.repeat(33)})`),
    header('<f4', 'False', '[2]'),
    header('<f4', 'False', "'x'"),
    header("<f4', 'descr': '<f8"),
    "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)}",
    "{'descr': '<f4', 'shape': (2,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), '__proto__': (2,)}",
    "{'descr': True, 'fortran_order': False, 'shape': (2,)}",
    `{${' '.repeat(4000)}`,
  ]) {
    it(`is refused as ${JSON.stringify(text.slice(0, 70))}`, () => {
      assert.throws(() => read(text), /^WeightsError: a has a header that is no plain array's/);
    });
  }
});

describe('the npz reader refuses', () => {
  const hostile: readonly { why: string; bytes: Buffer; message: RegExp }[] = [
    {
      why: 'an array of objects',
      bytes: archive(npy(header('|O'), Buffer.alloc(8))),
      message: /a holds Python objects/,
    },
    {
      why: 'a type that is not read',
      bytes: archive(npy(header('|V2'), Buffer.alloc(4))),
      message: /a has type "\|V2"; float16, float32 and float64/,
    },
    {
      why: 'an extended float',
      bytes: archive(npy(header('<f16'), Buffer.alloc(32))),
      message: /a has type "<f16"/,
    },
    { why: 'an empty type', bytes: archive(npy(header(''), floats)), message: /a has type ""/ },
    {
      why: 'an entry that is no array',
      bytes: archive(Buffer.from('hello, world')),
      message: /a is no \.npy file/,
    },
    { why: 'an empty entry', bytes: archive(Buffer.alloc(0)), message: /a is no \.npy file/ },
    {
      why: 'an unknown version',
      bytes: archive(npy(header(), floats, 9)),
      message: /a has version 9/,
    },
    {
      why: 'a header cut short',
      bytes: archive(npy(header()).subarray(0, 20)),
      message: /a ends inside its header/,
    },
    {
      why: 'a header of four gigabytes',
      bytes: archive(
        Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY\x02\x00'), Buffer.alloc(4, 0xff)]),
      ),
      message: /a claims a header of 4294967295 bytes/,
    },
    {
      why: 'a shape larger than its bytes',
      bytes: archive(npy(header('<f4', 'False', '(3,)'), floats)),
      message: /a has shape \[3\] of <f4, 12 bytes, but 8 are there/,
    },
    {
      why: 'a shape smaller than its bytes',
      bytes: archive(npy(header('<f4', 'True', '(1,)'), floats)),
      message: /4 bytes, but 8 are there/,
    },
    {
      why: 'a shape whose product overflows',
      bytes: archive(npy(header('<f4', 'False', `(${2 ** 50}, ${2 ** 50})`), floats)),
      message: /but 8 are there/,
    },
    {
      why: 'two arrays of one name',
      bytes: writeZip([
        { name: 'a.npy', bytes: npy(header(), floats) },
        { name: 'a.npy', bytes: npy(header(), floats) },
      ]),
      message: /holds a\.npy twice/,
    },
    {
      why: 'a bomb behind a header',
      bytes: writeZip([
        { name: 'a.npy', bytes: npy(header('<f4', 'False', '(2,)'), new Uint8Array(5e7)) },
      ]),
      message: /8 bytes, but 50000000 are there/,
    },
  ];

  for (const { why, bytes, message } of hostile) {
    it(why, () => assertRefused(npz, { why, bytes: () => bytes, message }));
  }

  it('an archive cut short at any byte', async () => {
    const whole = archive(npy(header(), floats));
    for (let length = 4; length < whole.length; length++) {
      const bytes = (): Buffer => whole.subarray(0, length);
      await assertRefused(npz, { why: `${length} bytes`, bytes, message: /./ });
    }
  });

  it('no archive without an array: that is for another format', async () => {
    const other = writeZip([{ name: 'a.txt' }]);
    assert.equal(await npz.recognises(bytesSource(other)), false);
    assert.equal(await npz.recognises(bytesSource(Buffer.from('PK\x03\x04 broken'))), false);
  });
});

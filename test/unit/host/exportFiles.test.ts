import { strict as assert } from 'node:assert';
import { channelTensor } from '../../../src/host/export/tensorFiles';
import { formatOf } from '../../../src/host/export/fileFormats';
import { npyFile } from '../../../src/host/export/tensorFiles';
import { pagePicture } from '../../../src/host/export/pagePicture';
import { tensorJson } from '../../../src/host/export/tensorFiles';
import { alexNets } from '../../../src/library/alexNets';
import { documentFileName, layerFileName } from '../../../src/protocol/exportName';
import { readNpyHeader } from '../../../src/files/containers/npy';

const awkward = [0, -0, 1 / 3, -1e-45, 3.4028235e38, 16777217, 0.1, NaN, Infinity, -Infinity];

describe('an .npy file', () => {
  const shapes = [[2, 3, 4], [1000], [56, 56, 96], [3, 5], [0], []];
  for (const shape of shapes) {
    it(`of shape (${shape.join(', ')}) is read by the reader of weights`, () => {
      const length = shape.reduce((product, size) => product * size, 1);
      const data = Float32Array.from({ length }, (_, i) => awkward[i % awkward.length]! + i);
      const file = npyFile({ shape, data });
      const { dataStart, ...header } = readNpyHeader(file, 'a.npy');
      assert.deepEqual(header, { descr: '<f4', fortranOrder: false, shape });
      assert.equal(dataStart % 64, 0);
      assert.equal(file[dataStart - 1], 0x0a);
      const view = new DataView(file.buffer, dataStart);
      assert.equal(view.byteLength, 4 * length);
      data.forEach((value, i) => assert.ok(Object.is(view.getFloat32(4 * i, true), value)));
    });
  }

  it('takes a part of a larger buffer for what it is', () => {
    const data = new Float32Array([9, 1, 2, 9]).subarray(1, 3);
    const file = npyFile({ shape: [2], data });
    assert.deepEqual([...new Float32Array(file.slice(-8).buffer)], [1, 2]);
  });
});

describe('a tensor as JSON', () => {
  it('gives every finite float32 back exactly, and null for the rest', () => {
    const data = Float32Array.from(awkward);
    const read = JSON.parse(tensorJson({ shape: [10], data })) as {
      shape: number[];
      data: (number | null)[];
    };
    assert.deepEqual(read.shape, [10]);
    const expected = [...data].map((value) => (Number.isFinite(value) ? value + 0 : null));
    const again = read.data.map((value) => (value === null ? null : Math.fround(value)));
    assert.deepEqual(again, expected);
  });
});

describe('one channel of a layer', () => {
  const tensor = { shape: [2, 2, 3], data: Float32Array.from({ length: 12 }, (_, i) => i) };

  it('is every third value of three', () => {
    assert.deepEqual(channelTensor(tensor, 1), {
      shape: [2, 2],
      data: new Float32Array([1, 4, 7, 10]),
    });
  });

  it('is refused where there is none', () => {
    for (const channel of [-1, 3, 0.5]) {
      assert.throws(
        () => channelTensor(tensor, channel),
        /there is no channel .*; the layer has 3/,
      );
    }
    assert.throws(
      () => channelTensor({ shape: [4], data: new Float32Array(4) }, 0),
      /a layer of 4 units has no maps/,
    );
  });
});

describe('the name of an exported file', () => {
  const cases: readonly (readonly [string, readonly (string | number)[], string])[] = [
    ['pictures/still-life.jpg', [], 'still-life-conv1'],
    ['a b/ün café.v2.png', ['channel', 5], 'ün-café-v2-conv1-channel-5'],
    ['..', [], 'conv1'],
    ['', [], 'conv1'],
    ['C:\\x\\$(rm).png', [], 'rm-conv1'],
  ];
  for (const [name, parts, expected] of cases) {
    it(`for "${name}" is ${expected}`, () => {
      assert.equal(layerFileName({ name }, 'conv1', ...parts), expected);
    });
  }

  it('is a network’s id, or the name of its file and nothing of where that lies', () => {
    assert.equal(documentFileName(alexNets.bvlc), 'alexnet-bvlc');
    const uri = 'file:///secret/a b.onnx';
    const origin = { kind: 'file', name: 'a b.onnx', uri } as const;
    assert.equal(documentFileName({ id: uri, title: 'a b.onnx', origin }), 'a-b');
    assert.equal(documentFileName({ id: uri, title: '..', origin }), 'network');
  });

  it('chooses the format, in any case', () => {
    const formats = [
      { title: 'A', extension: 'csv' },
      { title: 'B', extension: 'md' },
    ];
    assert.equal(formatOf('/x/TABLE.MD', formats).title, 'B');
    assert.throws(
      () => formatOf('table.txt', formats),
      /^Error: table\.txt must end in \.csv or \.md$/,
    );
  });
});

describe("the page's pictures", () => {
  const bytes = new Uint8Array([1]);

  it('have bytes and a plain name that ends in .png or .svg', () => {
    assert.equal(pagePicture({ suggestedName: 'a.svg', bytes }).format.title, 'SVG');
  });

  const bad: readonly (readonly [string, unknown, RegExp])[] = [
    ['../a.png', bytes, /is no name/],
    ['a\\b.png', bytes, /is no name/],
    ['a.sh', bytes, /a\.sh must end in \.png or \.svg/],
    ['a.png', new Uint8Array(), /a\.png has no bytes/],
    ['a.png', 'text', /a\.png has no bytes/],
    ['a.png', new Uint8Array(2 ** 26 + 1), /would have 67108865 bytes; at most 67108864/],
  ];
  for (const [suggestedName, given, message] of bad) {
    it(`are refused: ${String(message)}`, () => {
      assert.throws(() => pagePicture({ suggestedName, bytes: given as Uint8Array }), message);
    });
  }
});

import assert from 'node:assert/strict';
import { decodePicture } from '../../../src/imaging/decodePicture';
import { identify } from '../../../src/imaging/identify';
import { formatNames, type PictureFormat } from '../../../src/imaging/formats/picture';
import { preprocess } from '../../../src/imaging/preprocess';
import { caffeImageNet, torchvisionImageNet } from '../../../src/network/preprocess/preprocess';
import { expected, fixture, odd, tolerance, variants, wasmDirectory } from './fixtures';

function formatOf(name: string): PictureFormat {
  const extension = name.slice(name.lastIndexOf('.') + 1);
  return extension === 'jpg' ? 'jpeg' : (extension as PictureFormat);
}

function assertSamples(
  rgb: Uint8Array,
  samples: readonly (readonly [number, number])[],
  within: number,
): void {
  for (const [i, value] of samples) {
    assert.ok(Math.abs(rgb[i]! - value) <= within, `sample ${i} is ${rgb[i]}, not ${value}`);
  }
}

interface Decoded {
  readonly bytes: Buffer;
  readonly picture: Awaited<ReturnType<typeof decodePicture>>;
}

const decoded = new Map<string, Promise<Decoded>>();

/** A photo decoded once, and what became of its bytes by that. */
function decodedOnce(name: string): Promise<Decoded> {
  const known = decoded.get(name) ?? decodeFixture(name);
  decoded.set(name, known);
  return known;
}

async function decodeFixture(name: string): Promise<Decoded> {
  const bytes = fixture(name);
  return { bytes, picture: await decodePicture(bytes, wasmDirectory) };
}

describe('decodePicture', () => {
  after(() => decoded.clear());

  for (const [name, oracle] of expected) {
    const within = tolerance(name);
    const agreement = within === 0 ? 'exactly' : `within ${within}`;
    it(`reads ${name} ${agreement} as Pillow does`, async () => {
      const { picture } = await decodedOnce(name);
      assert.equal(picture.format, formatOf(name));
      assert.deepEqual([picture.width, picture.height], [oracle.width, oracle.height]);
      assertSamples(picture.rgb, oracle.rgb, within);
      const sums = [0, 0, 0];
      for (let i = 0; i < picture.rgb.length; i++) sums[i % 3]! += picture.rgb[i]!;
      oracle.mean.forEach((mean, c) => {
        const off = Math.abs(sums[c]! / (oracle.width * oracle.height) - mean);
        assert.ok(off <= (within === 0 ? 1e-9 : 0.5), `mean ${c} is off by ${off}`);
      });
      const { seen } = preprocess(picture, torchvisionImageNet, 224, 224);
      assertSamples(seen.rgb, oracle.torchvision224, within);
      const warped = preprocess(picture, caffeImageNet, 227, 227);
      assertSamples(warped.seen.rgb, oracle.warp256crop227, within);
    });
  }

  for (const [folder, list] of Object.entries({ variants, odd })) {
    for (const [name, oracle] of list) {
      it(`reads every pixel of ${folder}/${name} as Pillow does`, async () => {
        const picture = await decodePicture(fixture(`${folder}/${name}`), wasmDirectory);
        assert.deepEqual([picture.width, picture.height], [oracle.width, oracle.height]);
        const wanted = Buffer.from(oracle.rgb, 'base64');
        assert.equal(picture.rgb.length, wanted.length);
        const off = wanted.map((value, i) => Math.abs(picture.rgb[i]! - value));
        assert.ok(Math.max(...off) <= tolerance(name), `off by ${Math.max(...off)}`);
      });
    }
  }

  it('does not alter the bytes that it is given', async () => {
    for (const [name] of expected) {
      const { bytes } = await decodedOnce(name);
      assert.ok(bytes.equals(fixture(name)), name);
    }
  });

  it('reads bytes in the middle of a larger buffer', async () => {
    for (const [name] of expected) {
      const { bytes, picture } = await decodedOnce(name);
      const inside = Buffer.concat([Buffer.alloc(13), bytes, Buffer.alloc(7)]).subarray(13, -7);
      assert.deepEqual(await decodePicture(inside, wasmDirectory), picture, name);
    }
  });
});

describe('identify', () => {
  for (const [name, { width, height }] of expected) {
    it(`tells format and size of ${name} from its header`, () => {
      const header = identify(fixture(name));
      assert.equal(header.format, formatOf(name));
      const isSideways = header.orientation > 4;
      assert.deepEqual(
        [header.width, header.height],
        isSideways ? [height, width] : [width, height],
      );
      const named = /exif-(\d)/.exec(name)?.[1] ?? '1';
      assert.equal(header.orientation, Number(named));
    });
  }

  for (const [name] of variants.filter(([one]) => /^(exif|orientation)-/.test(one))) {
    it(`finds the orientation of ${name}`, () => {
      assert.equal(identify(fixture(`variants/${name}`)).orientation, Number(/\d/.exec(name)?.[0]));
    });
  }

  it('has a name for every format', () => {
    assert.equal(Object.keys(formatNames).length, 7);
  });
});

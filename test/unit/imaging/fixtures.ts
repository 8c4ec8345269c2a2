import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Tests run from the repository's root. */
const folder = resolve('test/fixtures/imaging');
export const wasmDirectory = resolve('dist/wasm');

/** Flat index and value. */
type Sample = readonly [number, number];

export interface Expected {
  readonly width: number;
  readonly height: number;
  readonly mean: readonly number[];
  readonly rgb: readonly Sample[];
  readonly torchvision224: readonly Sample[];
  readonly warp256crop227: readonly Sample[];
}

export interface Variant {
  readonly width: number;
  readonly height: number;
  /** Base64 of [height, width, 3]. */
  readonly rgb: string;
}

export interface ResizeOracle {
  readonly resizes: readonly {
    readonly source: readonly [number, number];
    readonly size: readonly [number, number];
    readonly filter: 'bilinear' | 'bicubic' | 'nearest';
    readonly box?: readonly [number, number, number, number];
    readonly sha256: string;
  }[];
  readonly tall: readonly {
    readonly source: readonly [number, number];
    readonly size: readonly [number, number];
    readonly filter: 'bilinear' | 'bicubic';
    readonly sha256: string;
  }[];
  readonly crops: readonly {
    readonly source: readonly [number, number];
    readonly shortSide: number;
    readonly input: number;
    readonly sha256: string;
  }[];
  readonly tensors: Readonly<Record<'torchvision' | 'caffe' | 'unit', readonly number[]>>;
}

export function fixture(name: string): Buffer {
  return readFileSync(resolve(folder, name));
}

function json(name: string): unknown {
  return JSON.parse(fixture(name).toString());
}

/** What gen_images.py wrote: one picture in 26 encodings. */
export const expected = Object.entries(
  (json('expected.json') as { files: Record<string, Expected> }).files,
);

/** What makeVariants.py wrote. */
export const variants = Object.entries(json('variants/variants.json') as Record<string, Variant>);

/** What makeOdd.py wrote: files that real tools write though a strict reader would not expect them. */
export const odd = Object.entries(json('odd/odd.json') as Record<string, Variant>);

/** What makeResizeOracle.py wrote. */
export const resizeOracle = json('resizeOracle.json') as ResizeOracle;

/** What makeHashes.py wrote: width, height and SHA-256 of Pillow's pixels by path, null where Pillow refuses the file. */
export const hashes = (
  json('hashes.json') as {
    pictures: Readonly<Record<string, readonly [number, number, string] | null>>;
  }
).pictures;

/** Paths of all pictures, sorted. */
export function pictureFiles(): readonly string[] {
  return ['', 'variants/', 'odd/', 'broken/']
    .flatMap((place) => readdirSync(resolve(folder, place)).map((name) => `${place}${name}`))
    .filter((path) => /\.(png|jpg|webp|gif|bmp|avif|tiff)$/.test(path))
    .sort();
}

/** Levels that a sample may be off: by colour conversion in AVIF and YCCK, by jpeg-js' inverse DCT in CMYK. */
export function tolerance(name: string): number {
  if (name.endsWith('ycck.jpg')) return 2;
  return name.endsWith('.avif') || name.includes('cmyk') ? 1 : 0;
}

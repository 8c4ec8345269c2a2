import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePicture } from '../../imaging/decodePicture';
import type { Pixels } from '../../imaging/formats/picture';
import { preprocess } from '../../imaging/preprocess';
import type { Preprocess } from '../../network/preprocess/preprocess';
import { EngineError } from '../runtime/engineError';
import { yieldToEventLoop } from '../runtime/pacing';
import type { StoredAs } from './prepare';

/** An encoded picture and the class that it shows. */
export interface LabelledPicture {
  readonly path: string;
  readonly label: number;
}

/** One that cannot be decoded, and why. */
export interface BrokenPicture {
  readonly path: string;
  readonly why: string;
}

interface StoreOptions {
  /** Where the two files of the store are kept, by its name. */
  readonly folder: string;
  readonly name: string;
  readonly pictures: readonly LabelledPicture[];
  readonly as: StoredAs;
  readonly preprocess: Preprocess;
  /** The decoders' WebAssembly. */
  readonly wasmDirectory: string;
  readonly signal: AbortSignal;
  readonly onPicture?: (done: number, count: number) => void;
}

/** What lies beside the pixels. */
interface Listing {
  /** Of all that decides what the pixels are. */
  readonly fingerprint: string;
  /** Which of the pictures were decoded, in their order. */
  readonly kept: readonly number[];
  readonly broken: readonly BrokenPicture[];
}

/** Pictures decoded once, uint8 RGB of one size one after another in a file, so that memory stays small. */
export class PictureStore {
  private readonly bytes: Uint8Array;

  private constructor(
    private readonly file: number,
    private readonly as: StoredAs,
    /** Those that could be decoded, in their order. */
    readonly pictures: readonly LabelledPicture[],
    readonly broken: readonly BrokenPicture[],
  ) {
    this.bytes = new Uint8Array(3 * as.width * as.height);
  }

  /** Opens a store, decoding the pictures unless that was done before. Broken ones are listed. */
  static async open(options: StoreOptions): Promise<PictureStore> {
    const { folder, name, pictures, as } = options;
    const [pixels, index] = [join(folder, `${name}.rgb`), join(folder, `${name}.json`)];
    const fingerprint = await fingerprintOf(options);
    let listing = await readListing(index);
    if (listing?.fingerprint !== fingerprint) {
      await mkdir(folder, { recursive: true });
      await rm(index, { force: true });
      listing = { fingerprint, ...(await decodeInto(pixels, options)) };
      await writeFile(`${index}.part`, JSON.stringify(listing));
      await rename(`${index}.part`, index);
    }
    const kept = listing.kept.map((at) => pictures[at] as LabelledPicture);
    return new PictureStore(openSync(pixels, 'r'), as, kept, listing.broken);
  }

  /** A picture's pixels, valid until the next is read. */
  read(index: number): Pixels {
    const { width, height } = this.as;
    const read = readSync(this.file, this.bytes, 0, this.bytes.length, index * this.bytes.length);
    if (read === this.bytes.length) return { width, height, rgb: this.bytes };
    throw new EngineError(
      `picture ${index} is missing from the decoded ones; delete them to decode anew`,
    );
  }

  close(): void {
    closeSync(this.file);
  }
}

async function fingerprintOf({
  pictures,
  as,
  preprocess: { filter },
}: StoreOptions): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([as, filter]));
  for (const { path } of pictures) {
    const { size, mtimeMs } = await stat(path).catch(() => ({ size: 0, mtimeMs: 0 }));
    hash.update(`\n${path} ${size} ${mtimeMs}`);
  }
  return hash.digest('hex');
}

async function readListing(path: string): Promise<Listing | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Listing;
  } catch {
    // Not there, or cut short: decoded anew.
    return undefined;
  }
}

async function decodeInto(
  path: string,
  options: StoreOptions,
): Promise<Omit<Listing, 'fingerprint'>> {
  const { pictures, as, signal, onPicture } = options;
  const settings = { ...options.preprocess, fit: as.fit };
  const [kept, broken]: [number[], BrokenPicture[]] = [[], []];
  const file = await open(path, 'w');
  try {
    for (const [index, picture] of pictures.entries()) {
      signal.throwIfAborted();
      try {
        const decoded = await decodePicture(await readFile(picture.path), options.wasmDirectory);
        const { seen } = preprocess(decoded, settings, as.height, as.width);
        await file.writeFile(seen.rgb);
        kept.push(index);
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code === 'ENOSPC' || code === 'EDQUOT') throw error;
        broken.push({ path: picture.path, why: message });
      }
      onPicture?.(index + 1, pictures.length);
      await yieldToEventLoop();
    }
  } finally {
    await file.close();
  }
  return { kept, broken };
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { damaged } from './byteReader';
import { formatNames, type PictureFormat, type Pixels } from './picture';
import { PictureError } from './pictureError';

/** What the codecs return: [height, width, 4]. */
export interface Rgba {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

interface CodecOptions {
  readonly noInitialRun: boolean;
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
  readonly instantiateWasm: (
    imports: object,
    done: (instance: WebAssembly.Instance) => void,
  ) => object;
}

/** An Emscripten module's entry. */
export type CodecFactory<M> = (options: CodecOptions) => Promise<M>;

/** One of the WebAssembly decoders and how it is called. */
export interface Codec<M> {
  readonly format: PictureFormat;
  /** The file's name in the folder of WebAssembly files. */
  readonly file: string;
  readonly factory: CodecFactory<M>;
  readonly decode: (module: M, bytes: Uint8Array) => Rgba | null;
}

/** Compiled modules by path; each picture is decoded in an instance of its own. */
const compiled = new Map<string, Promise<WebAssembly.Module>>();

/**
 * Decodes in a fresh instance, so that a trap or leaked memory cannot affect the next picture. `complaints` gets what the
 * codec has to say of a picture that it decodes all the same.
 */
export async function decodeWithCodec<M>(
  codec: Codec<M>,
  bytes: Uint8Array,
  wasmDirectory: string,
  complaints: string[] = [],
): Promise<Pixels> {
  const wasm = await compile(join(wasmDirectory, codec.file));
  const name = formatNames[codec.format];
  const module = await codec.factory({
    noInitialRun: true,
    print: () => undefined,
    printErr: (line) => complaints.push(line),
    instantiateWasm: (imports, done) => {
      const instance = new WebAssembly.Instance(wasm, imports);
      done(instance);
      return instance.exports;
    },
  });
  let image: Rgba | null;
  try {
    image = codec.decode(module, bytes);
  } catch (error) {
    throw explain(name, error, complaints);
  }
  if (image === null) throw damaged(name, 'its data cannot be decoded');
  return { width: image.width, height: image.height, rgb: dropAlpha(image.data) };
}

async function compile(path: string): Promise<WebAssembly.Module> {
  const known = compiled.get(path);
  if (known !== undefined) return known;
  const compiling = readFile(path).then((file) => WebAssembly.compile(file));
  compiled.set(path, compiling);
  try {
    return await compiling;
  } catch (error) {
    compiled.delete(path);
    throw error;
  }
}

/** Turns what a codec throws (traps, strings, exit codes, pointers) into a PictureError. */
function explain(name: string, error: unknown, complaints: readonly string[]): PictureError {
  const text = [...complaints, error instanceof Error ? error.message : ''].join(' ');
  return /memory|OOM|allocation/i.test(text)
    ? new PictureError(`the ${name} needs more memory than its decoder has: scale it down first`)
    : damaged(name, 'its data cannot be decoded');
}

/** Converts [n, 4] to [n, 3]; colours of transparent pixels stay as stored, as in Pillow's convert('RGB'). */
export function dropAlpha(rgba: ArrayLike<number>): Uint8Array {
  const count = Math.floor(rgba.length / 4);
  const rgb = new Uint8Array(count * 3);
  for (let i = 0, from = 0, to = 0; i < count; i++, from += 4) {
    rgb[to++] = rgba[from] ?? 0;
    rgb[to++] = rgba[from + 1] ?? 0;
    rgb[to++] = rgba[from + 2] ?? 0;
  }
  return rgb;
}

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startBackend } from '../engine/backends/startBackend';
import { trainDefault } from './trainDefault';
import { besideFile } from '../files/bytes/openBeside';
import { fileSource } from '../files/bytes/byteSource';
import { packWeights } from '../files/packed/packWeights';
import { openWeightsFile } from '../files/weightsFile';
import { keras } from '../library/keras';
import { seed } from './defaultStages';
import { classesOf, labelledFolder } from './labelledFolder';

/**
 * Trains on the folder of the first argument and keeps all it makes in that of the second; stops at SIGINT or SIGTERM
 * with a checkpoint. `--pack FOLDER OUT FILE` packs what was learned until then.
 */
async function main(given: readonly string[]): Promise<void> {
  if (given[0] === '--pack') {
    await pack(given.slice(1));
    return;
  }
  const [folder = '', out = ''] = given;
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => stop.abort(new Error('stopped; the same command goes on from here')));
  }
  mkdirSync(out, { recursive: true });
  const wasmDirectory = join(__dirname, 'wasm');
  const addonPath = process.env['ALEXNET_TFJS_ADDON'];
  const wanted = { backend: 'auto', addonPath, refused: [], threads: 2 } as const;
  const { backend, version, threads } = await startBackend(wanted, wasmDirectory, () => undefined);
  process.stdout.write(`${backend} ${version}, ${threads} threads\n`);
  const pictures = picturesIn(folder);
  await trainDefault({ folder: pictures, out: resolve(out), wasmDirectory, signal: stop.signal });
}

async function pack([folder = '', out = '', file = '']: readonly string[]): Promise<void> {
  const bytes = await packDefault(picturesIn(folder), join(out, 'weights.safetensors'));
  await writeFile(file, bytes);
  const hex = createHash('sha256').update(bytes).digest('hex');
  process.stdout.write(`${file}: ${bytes.length} bytes, SHA-256 ${hex}\n`);
}

/** The bytes of the default network's weights as they ship, packed; those of `path` were trained on the classes of `folder`. */
async function packDefault(folder: string, path: string): Promise<Buffer> {
  const classes = classesOf(await labelledFolder(folder, keras.labels.synsets ?? []));
  const source = await fileSource(path);
  try {
    const { weights, close } = await openWeightsFile(source, [keras], besideFile(path));
    const values = new Map<string, Float32Array>();
    for (const [name, weight] of weights) values.set(name, await weight.read());
    await close();
    return packWeights(keras.network, values, { documentId: keras.id, seed, classes });
  } finally {
    await source.close();
  }
}

function picturesIn(folder: string): string {
  const below = join(folder, 'train');
  return resolve(existsSync(below) ? below : folder);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

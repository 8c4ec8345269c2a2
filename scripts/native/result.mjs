import { existsSync, readFileSync, statSync } from 'node:fs';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { cacheRoot, removeAbandoned } from '../lib/cache.mjs';
import { inRoot } from '../lib/root.mjs';
import { hostTools } from './hostTools.mjs';

/** Counts up when the layout of the result changes, so that an old one is not taken for a new one. */
const layout = 1;
const manifestName = 'native.json';

/** Where the addon and its libraries lie in a result: as in tfjs-node's package, as its addon's rpath needs. */
export const addonFolder = join('lib', 'napi-v8');
export const libraryFolder = join('deps', 'lib');
export const addonName = 'tfjs_binding.node';

/** The version of tfjs-node, whose addon has to fit its JavaScript. */
export function tfjsNodeVersion() {
  const { dependencies } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  return dependencies['@tensorflow/tfjs-node'];
}

/** The result's folder in the cache. */
export function resultFolder() {
  return join(cacheRoot(), `native-${tfjsNodeVersion()}-${layout}`);
}

/** Where downloads wait until a result is made of them. */
export function downloadsFolder() {
  return join(cacheRoot(), 'native-downloads');
}

/** The result's addon, or undefined where there is none for this machine or a file of it is not as it was made. */
export function resultAddon(folder = resultFolder()) {
  const manifest = readManifest(folder);
  const whole =
    manifest?.platform === process.platform &&
    manifest.arch === process.arch &&
    manifest.files.every(({ path, size }) => sizeOf(resolve(folder, path)) === size);
  return whole ? join(folder, addonFolder, addonName) : undefined;
}

/** What native.json says, or undefined. */
export function readManifest(folder = resultFolder()) {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, manifestName), 'utf8'));
    return Array.isArray(manifest.files) ? manifest : undefined;
  } catch {
    // None, or one that was cut: the result does not count then.
    return undefined;
  }
}

/** Writes native.json: how the result was made, and every file with its size and sha256. */
export async function writeManifest(folder, { way, tensorflow, from, outside = [] }) {
  const { checksumOf } = await hostTools();
  const inside = await regularFiles(folder);
  const files = await Promise.all(
    [...inside, ...outside].map(async (path) => {
      const file = resolve(folder, path);
      const { size } = await stat(file);
      return { path, size, sha256: await checksumOf(file, 'sha256') };
    }),
  );
  const { platform, arch } = process;
  const facts = { way, tensorflow, tfjsNode: tfjsNodeVersion(), platform, arch, from, files };
  await writeFile(join(folder, manifestName), `${JSON.stringify(facts, undefined, 2)}\n`);
}

/** Removes the result, downloads that wait, and what an interrupted run left; says whether there was anything. */
export async function removeResult() {
  const places = [resultFolder(), downloadsFolder()];
  const found = places.some((place) => existsSync(place));
  for (const place of places) await rm(place, { recursive: true, force: true });
  await removeAbandoned(resultFolder());
  return found;
}

async function regularFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .sort();
}

function sizeOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.size;
}

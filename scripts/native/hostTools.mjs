import { mkdir, rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { inRoot } from '../lib/root.mjs';

const entry = inRoot('src', 'host', 'native', 'forScripts.ts');
const folder = inRoot('out', 'native');
const load = createRequire(import.meta.url);
let tools;

/** The extension's own downloader, lock, check of libraries, unpacker and probe, built from the sources as they are. */
export function hostTools() {
  return (tools ??= buildTools());
}

/** The package esbuild may be missing until npm has installed it, so that it is loaded only here. */
async function buildTools() {
  const { build } = load('esbuild');
  const built = `${folder}/tools.${process.pid}.cjs`;
  const file = `${folder}/tools.cjs`;
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [entry],
    outfile: built,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
  });
  // Another script may be loading the one that is there.
  await rename(built, file);
  return load(file);
}

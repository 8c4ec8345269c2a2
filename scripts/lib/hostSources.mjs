import { mkdir, rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { inRoot } from './root.mjs';

const load = createRequire(import.meta.url);

/** What a file of src/host exports for scripts, built from the sources as they are into out/`name`. */
export async function buildHostSources(entry, name) {
  // The package may be missing until npm has installed it, so that it is loaded only here.
  const { build } = load('esbuild');
  const folder = inRoot('out', name);
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

import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { inRoot } from './root.mjs';

const load = createRequire(import.meta.url);
const note = '\n// built from ';

/** What a file of src/host exports for scripts, built from the sources as they are into out/`name`. */
export async function buildHostSources(entry, name) {
  const folder = inRoot('out', name);
  const file = `${folder}/tools.cjs`;
  if (!(await isOfSources(file))) await buildInto(folder, file, entry);
  return load(file);
}

async function buildInto(folder, file, entry) {
  // The package may be missing until npm has installed it, so that it is loaded only here.
  const { build } = load('esbuild');
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
    absWorkingDir: inRoot(),
  });
  const [{ text }] = outputFiles;
  const inputs = Object.keys(metafile.inputs);
  const built = `${folder}/tools.${process.pid}.cjs`;
  await mkdir(folder, { recursive: true });
  await writeFile(built, `${text}${note}${JSON.stringify({ inputs, sum: await sumOf(inputs) })}\n`);
  // Another script may be loading the one that is there.
  await rename(built, file);
}

/** Whether what is built is of the sources as they are: to look takes a twentieth of the time of building it anew. */
async function isOfSources(file) {
  try {
    const text = await readFile(file, 'utf8');
    const { inputs, sum } = JSON.parse(text.slice(text.lastIndexOf(note) + note.length));
    return sum === (await sumOf(inputs));
  } catch (error) {
    // Not built yet, a source is gone, or it was built without the note.
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return false;
    throw error;
  }
}

async function sumOf(inputs) {
  const hash = createHash('sha256');
  for (const bytes of await Promise.all(inputs.map((input) => readFile(inRoot(input)))))
    hash.update(bytes);
  return hash.digest('hex');
}

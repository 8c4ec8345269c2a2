import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { withProgress } from '../../lib/progress.mjs';
import { run } from '../../lib/run.mjs';
import { compileBinding, findCompiler, ownRpath } from '../compileBinding.mjs';
import { hostTools } from '../hostTools.mjs';
import { findPythons } from '../pythons.mjs';
import { addonFolder, addonName, downloadsFolder, libraryFolder } from '../result.mjs';
import { sentence } from '../sentence.mjs';
import { tensorflowHeaders, tensorflowLibraries } from '../tensorflowLibraries.mjs';
import { wheelRequirement } from '../wheels.mjs';

const pipLimitMs = 30 * 60_000;

/** The libraries and headers only: the rest is three times as large. */
const contents = {
  kind: 'zip',
  take: [
    { entry: /^tensorflow\/(?:libtensorflow_[^/]*|include\/.+)$/, folder: 'deps', keepsPath: true },
  ],
};

/** The tensorflow-cpu wheel, fetched by this machine's pip into the cache; nothing is installed into Python. */
export const wheel = {
  name: 'wheel',
  async make(building) {
    const python = await pythonWithPip();
    const requirement = wheelRequirement(process, python.version);
    if (!requirement) throw new Error(`no wheel to link to for ${process.platform}`);
    await findCompiler();
    const file = await fetchPinned(python, requirement);
    const { checksumOf, openSink, unpack } = await hostTools();
    const libraryPlace = join(building, libraryFolder);
    await withProgress('Unpacking its libraries and headers (about 1 GB)', () =>
      unpack(file, contents, {
        folder: building,
        openSink,
        signal: new AbortController().signal,
        onBytes: () => {},
      }),
    );
    await rename(join(building, 'deps', 'tensorflow'), libraryPlace);
    await compileBinding({
      include: tensorflowHeaders(libraryPlace),
      libraries: await tensorflowLibraries(libraryPlace),
      rpath: ownRpath(),
      addon: join(building, addonFolder, addonName),
    });
    await rm(join(libraryPlace, 'include'), { recursive: true });
    const { size } = await stat(file);
    const sha256 = await checksumOf(file, 'sha256');
    return { from: [{ requirement, file: basename(file), size, sha256 }] };
  },
};

async function pythonWithPip() {
  const pythons = await findPythons();
  const able = pythons.find(({ pip, bits }) => pip && bits === 64);
  if (able) return able;
  const list = pythons.map(({ command }) => command).join(', ');
  throw new Error(list ? `${list}: no pip in it` : 'there is no Python');
}

/** An index without the pinned release, such as a mirror, may have another: the latest it has. */
async function fetchPinned(python, requirement) {
  try {
    return await fetchWheel(python, requirement);
  } catch (error) {
    const [name, pin] = requirement.split('==');
    if (!pin || !/No matching distribution/.test(error.message)) throw error;
    console.log(`  ${sentence(error)}`);
    return fetchWheel(python, name);
  }
}

/** pip writes under its name only what is whole and has the right sum; one from an earlier run is checked and kept. */
async function fetchWheel(python, requirement) {
  const { megabytes } = await hostTools();
  const folder = join(downloadsFolder(), `wheel-${python.version}`);
  const scratch = join(folder, 'scratch');
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  const list = join(folder, 'requirements.txt');
  await writeFile(list, `${requirement}\n`);
  const args = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-cache-dir'];
  await withProgress(
    `Fetching the wheel ${requirement.split(' ')[0]} with pip (about 275 MB)`,
    () =>
      callPython(python, [...args, '--dest', folder, '-r', list], {
        timeoutMs: pipLimitMs,
        // pip downloads there first: inside the cache, so that a cut run leaves nothing elsewhere.
        env: { ...process.env, TMPDIR: scratch, PIP_DISABLE_PIP_VERSION_CHECK: '1' },
      }),
    () => {
      const bytes = largestIn(scratch);
      return bytes > 1e6 ? megabytes(bytes) : '';
    },
  );
  await rm(scratch, { recursive: true, force: true });
  const name = (await readdir(folder)).find((entry) => entry.endsWith('.whl'));
  if (!name) throw new Error('pip ended without a wheel');
  const { size } = await stat(join(folder, name));
  console.log(`  ${name}, ${megabytes(size)}`);
  return join(folder, name);
}

/** How many bytes pip has fetched: it tells nobody but a terminal. */
function largestIn(folder) {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true }) : [];
  const sizes = names.map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size);
  return Math.max(0, ...sizes.filter((size) => size !== undefined));
}

async function callPython({ command, args: first }, args, options) {
  const { code, output } = await run(command, [...first, ...args], { quiet: true, ...options });
  if (code === 0) return;
  if (/no space left/i.test(output)) throw new Error('the disk is full');
  if (/DO NOT MATCH THE HASHES/.test(output)) {
    throw new Error('what pip fetched has not the sha256 that is pinned here: it is not used');
  }
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const errors = lines.filter((line) => /^ERROR/.test(line));
  throw new Error(errors.at(-1) ?? lines.at(-1) ?? `code ${code}`);
}

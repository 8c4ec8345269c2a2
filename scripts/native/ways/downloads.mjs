import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { withProgress } from '../../lib/progress.mjs';
import { megabytes } from '../bytes.mjs';
import { checkMachine } from '../binaryMachine.mjs';
import { compileBinding, ownRpath } from '../compileBinding.mjs';
import { download, forget } from '../download.mjs';
import {
  addonFolder,
  addonName,
  downloadsFolder,
  libraryFolder,
  tfjsNodeVersion,
} from '../result.mjs';
import { sha256 } from '../sha256.mjs';
import { tensorflowHeaders } from '../tensorflowLibraries.mjs';
import { tfjsNodeFiles } from '../tfjsNodeFiles.mjs';
import { unpack } from '../unpack.mjs';

/** What tfjs-node's own install script would fetch: libtensorflow, and its addon where one is prebuilt. */
export const downloads = {
  name: 'downloads',
  async make(building) {
    const files = tfjsNodeFiles(process, tfjsNodeVersion());
    if (!files) throw new Error(`nothing is published for ${process.platform} ${process.arch}`);
    await mkdir(downloadsFolder(), { recursive: true });
    const from = [await fetchAndUnpack(files.library, join(building, 'deps'))];
    await keepIfGood(files.library, () => checkLibraries(building, files.names));
    if (files.addon) {
      from.push(await fetchAndUnpack(files.addon, join(building, 'lib')));
      await keepIfGood(files.addon, () => checkMachine(addonOf(building), process));
    } else {
      await compileAddon(building, files.names);
    }
    await arrange(building);
    return { from };
  },
  /** Nobody publishes these files' sums: when the probe refused them, they must not be used again. */
  async forget() {
    await rm(downloadsFolder(), { recursive: true, force: true });
  },
};

async function fetchAndUnpack(url, folder) {
  const file = downloadOf(url);
  await download(url, file);
  const { size } = await stat(file);
  const sum = await sha256(file);
  console.log(`  ${basename(file)}: ${megabytes(size)}, sha256 ${sum}`);
  await mkdir(folder, { recursive: true });
  await withProgress(`Unpacking ${basename(file)}`, () =>
    keepIfGood(url, () => unpack(file, folder)),
  );
  return { url, size, sha256: sum };
}

/** A download that turns out bad is fetched anew next time. */
async function keepIfGood(url, check) {
  try {
    await check();
  } catch (error) {
    await forget(downloadOf(url));
    throw error;
  }
}

/** Some of the Windows archives hold the library at their top (as tfjs-node's install.js knows). */
async function checkLibraries(building, names) {
  const place = join(building, libraryFolder);
  await mkdir(place, { recursive: true });
  for (const name of names) {
    const atTop = join(building, 'deps', name);
    if (existsSync(atTop)) await rename(atTop, join(place, name));
    const file = join(place, name);
    if (!existsSync(file)) {
      const there = (await readdir(place)).join(', ') || 'nothing';
      throw new Error(`the archive of libtensorflow has no lib/${name}, but ${there}`);
    }
    await checkMachine(file, process);
  }
}

function compileAddon(building, names) {
  return compileBinding({
    include: tensorflowHeaders(join(building, 'deps')),
    libraries: names.map((name) => join(building, libraryFolder, name)),
    rpath: ownRpath(),
    addon: addonOf(building),
  });
}

/** Headers are not needed any more; Windows looks for the library beside the addon. */
async function arrange(building) {
  await rm(join(building, 'deps', 'include'), { recursive: true, force: true });
  if (process.platform !== 'win32') return;
  const dll = 'tensorflow.dll';
  await rename(join(building, libraryFolder, dll), join(building, addonFolder, dll));
}

function addonOf(building) {
  return join(building, addonFolder, addonName);
}

function downloadOf(url) {
  return join(downloadsFolder(), basename(new URL(url).pathname));
}

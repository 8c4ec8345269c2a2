import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { withProgress } from '../../lib/progress.mjs';
import { compileBinding, ownRpath } from '../compileBinding.mjs';
import { download, forget } from '../download.mjs';
import { hostTools } from '../hostTools.mjs';
import { addonFolder, addonName, downloadsFolder } from '../result.mjs';
import { tensorflowHeaders } from '../tensorflowLibraries.mjs';
import { tfjsNodeFiles } from '../tfjsNodeFiles.mjs';

/** What the compiler needs of libtensorflow's archive besides the libraries. */
const headers = { entry: /^include\//, folder: 'deps', keepsPath: true };

/** What tfjs-node's own install script would fetch: libtensorflow, and its addon where one is prebuilt. */
export const downloads = {
  name: 'downloads',
  async make(building) {
    const files = await tfjsNodeFiles(process);
    if (!files) throw new Error(`nothing is published for ${process.platform} ${process.arch}`);
    await mkdir(downloadsFolder(), { recursive: true });
    const { library, addon } = files;
    if (addon) return { from: [await take(library, building), await take(addon, building)] };
    const archive = { ...library.archive, take: [...library.archive.take, headers] };
    const from = [await take({ ...library, archive }, building)];
    await compileAddon(building, library.archive.libraries);
    await rm(join(building, 'deps', 'include'), { recursive: true, force: true });
    return { from };
  },
  /** Nobody publishes these files' sums: when the probe refused them, they must not be used again. */
  async forget() {
    await rm(downloadsFolder(), { recursive: true, force: true });
  },
};

/** Fetches an archive, takes what is wanted out of it, and checks that; a download that turns out bad is fetched anew next time. */
async function take({ url, archive }, building) {
  const { checkLibraries, checksumOf, megabytes, openSink, thisPlatform, unpack } =
    await hostTools();
  const file = join(downloadsFolder(), basename(new URL(url).pathname));
  await download(url, file);
  const { size } = await stat(file);
  const sha256 = await checksumOf(file, 'sha256');
  console.log(`  ${basename(file)}: ${megabytes(size)}, sha256 ${sha256}`);
  const options = {
    folder: building,
    openSink,
    signal: new AbortController().signal,
    onBytes: () => {},
  };
  try {
    await withProgress(`Unpacking ${basename(file)}`, () => unpack(file, archive, options));
    await checkLibraries(building, archive, thisPlatform);
  } catch (error) {
    await forget(file);
    throw error;
  }
  return { url, size, sha256 };
}

function compileAddon(building, libraries) {
  return compileBinding({
    include: tensorflowHeaders(join(building, 'deps')),
    libraries: libraries.map((path) => join(building, path)),
    rpath: ownRpath(),
    addon: join(building, addonFolder, addonName),
  });
}

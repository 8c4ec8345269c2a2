import type { NativeArchive } from '../../src/host/native/nativePackage';
import { fakeLibrary } from './fakeLibrary';
import type { Published, Publisher } from './publisher';
import type { ArchiveFile } from './writeArchive';
import { writeTarGz, writeZip } from './writeArchive';

/** libtensorflow's archive in its own layout, with files that only begin like libraries. */
export function libraryArchive(platform: string, bytes = 4096): Buffer {
  const file = fakeLibrary(platform, bytes);
  if (platform.startsWith('win32')) return writeZip([{ name: 'lib/tensorflow.dll', bytes: file }]);
  const files = ['libtensorflow', 'libtensorflow_framework'].flatMap((name): ArchiveFile[] => [
    { name: `./lib/${name}.so`, link: `${name}.so.2` },
    { name: `./lib/${name}.so.2`, link: `${name}.so.2.9.1` },
    { name: `./lib/${name}.so.2.9.1`, bytes: file },
  ]);
  const more = ['./LICENSE', './include/tensorflow/c/c_api.h'];
  return writeTarGz([...files, ...more.map((name) => ({ name, bytes: Buffer.from('text') }))]);
}

export function addonArchive(addon: Uint8Array): Buffer {
  return writeTarGz([{ name: 'napi-v8/tfjs_binding.node', bytes: addon }]);
}

/** Puts both on the publisher, in place of what was there. */
export function publish(
  { files }: Publisher,
  [library, addon]: readonly NativeArchive[],
  archives: { readonly library: Published; readonly addon: Published },
): void {
  files.clear();
  if (library) files.set(`/${library.path}`, archives.library);
  if (addon) files.set(`/${addon.path}`, archives.addon);
}

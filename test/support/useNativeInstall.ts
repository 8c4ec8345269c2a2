import { strict as assert } from 'node:assert';
import { mkdtemp, readFile, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstallOptions } from '../../src/host/native/installNative';
import { installNative } from '../../src/host/native/installNative';
import { nativePlaces } from '../../src/host/native/nativePlaces';
import { archivesFor } from '../../src/host/native/nativePackage';
import { fakeLibrary } from './fakeLibrary';
import { addonArchive, libraryArchive, publish } from './nativeArchives';
import type { Published, Publisher } from './publisher';
import { startPublisher } from './publisher';

const platform = 'linux-x64';
const archives = archivesFor(platform);
const library: Published = { bytes: libraryArchive(platform, 200_000) };
const addon: Published = { bytes: addonArchive(fakeLibrary(platform)) };

/** A publisher, a folder for each test, and an installation that everybody agrees to and whose addon always works. */
export function useNativeInstall() {
  let publisher: Publisher;
  let folder: string;

  before(async () => (publisher = await startPublisher()));
  after(() => publisher.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alexnet-native-'));
    publish(publisher, archives, { library, addon });
    publisher.requests.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  return {
    platform,
    archives,
    library,
    addon,
    folder: () => folder,
    publisher: () => publisher,
    /** Puts other archives in the place of the good ones. */
    publish: (
      files: { readonly library?: Published | undefined; readonly addon?: Published } = {},
    ) =>
      publish(publisher, archives, {
        library: files.library ?? library,
        addon: files.addon ?? addon,
      }),
    install: (more: Partial<InstallOptions> = {}): Promise<boolean> =>
      installNative({
        platform,
        archives,
        host: publisher.url,
        folder,
        signal: new AbortController().signal,
        consent: () => Promise.resolve(true),
        probe: () => Promise.resolve(),
        release: () => undefined,
        report: () => undefined,
        ...more,
      }),
    /** No part of an installation, nor the lock; archives that wait for a resumption may be there. */
    assertNothingInstalled: async (): Promise<void> => {
      const left = await readdir(folder);
      assert.deepEqual(
        left.filter((name) => name !== 'native-downloads'),
        [],
      );
    },
    assertInstalled: async (): Promise<void> => {
      assert.deepEqual(await readdir(folder), ['native']);
      await readFile(nativePlaces(folder).addon);
      const linked = await realpath(join(folder, 'native/deps/lib/libtensorflow.so'));
      assert.ok(linked.endsWith('libtensorflow.so.2.9.1'));
    },
  };
}

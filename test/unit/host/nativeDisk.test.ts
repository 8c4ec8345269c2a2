import { strict as assert } from 'node:assert';
import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failingDisk } from '../../support/failingDisk';
import { notRun } from '../../support/notRun';
import { useNativeInstall } from '../../support/useNativeInstall';

describe('installing a native engine where files cannot be written', () => {
  const native = useNativeInstall();
  const { library, addon, install, assertNothingInstalled } = native;

  for (const [when, room] of [
    ['while it fetches', 100],
    ['while it unpacks', library.bytes.length + addon.bytes.length + 1000],
  ] as const) {
    it(`a full disk ${when}: gives back what it took`, async () => {
      await assert.rejects(
        install({ openSink: failingDisk('ENOSPC', room) }),
        /the disk is full: free some space/,
      );
      assert.deepEqual(await readdir(native.folder()), []);
      assert.equal(await install(), true);
    });
  }

  it('a read-only disk', async () => {
    await assert.rejects(
      install({ openSink: failingDisk('EROFS', 0) }),
      /could not be written \(EROFS\)/,
    );
    await assertNothingInstalled();
    assert.equal(await install(), true);
  });

  it('a read-only folder', async () => {
    if (process.getuid?.() === 0) {
      notRun('a read-only storage folder (the tests run as root, who may write everywhere)');
      return;
    }
    await chmod(native.folder(), 0o500);
    await assert.rejects(install(), /could not be written \(EACCES\)/);
    await chmod(native.folder(), 0o700);
    assert.equal(await install(), true);
  });

  it('a file where the folder should be', async () => {
    const file = join(native.folder(), 'file');
    await writeFile(file, '');
    await assert.rejects(install({ folder: file }), /could not be written \(EEXIST\)/);
  });
});

import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { lstat, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Offer } from '../../../src/host/native/installNative';
import { removeNative } from '../../../src/host/native/installNative';
import { nativePlaces } from '../../../src/host/native/nativePlaces';
import { nativeFailures } from '../../support/nativeFailures';
import { useNativeInstall } from '../../support/useNativeInstall';
import { waitUntil } from '../../support/waiting';

describe('installing a native engine', () => {
  const native = useNativeInstall();
  const { platform, archives, library, addon, install, assertNothingInstalled, assertInstalled } =
    native;

  it("lays everything out as the addon's search path expects, and leaves nothing else", async () => {
    assert.equal(await install(), true);
    await assertInstalled();
    const names = await readdir(join(native.folder(), 'native'), { recursive: true });
    assert.ok(names.includes(join('deps', 'LICENSE')));
    assert.ok(!names.some((name) => name.endsWith('c_api.h')));
  });

  it('offers names, sizes and the host first, and fetches nothing without consent', async () => {
    let offer: Offer | undefined;
    const consent = (asked: Offer): Promise<boolean> => {
      offer = asked;
      return Promise.resolve(false);
    };
    assert.equal(await install({ consent }), false);
    assert.equal(offer?.host, new URL(native.publisher().url).host);
    assert.deepEqual(
      offer.files.map(({ name, bytes }) => [name, bytes]),
      [
        ['libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz', library.bytes.length],
        ['CPU-linux-4.22.0.tar.gz', addon.bytes.length],
      ],
    );
    assert.ok(native.publisher().requests.every((request) => request.startsWith('HEAD ')));
    assert.deepEqual(await readdir(native.folder()), []);
  });

  it('reports the bytes of both archives as one whole', async () => {
    const steps: { done?: number; total?: number | undefined; what: string }[] = [];
    await install({ report: (step) => steps.push(step) });
    const total = library.bytes.length + addon.bytes.length;
    const fetched = steps.filter(({ what }) => what.startsWith('fetching'));
    assert.deepEqual([fetched.at(-1)?.done, fetched.at(-1)?.total], [total, total]);
    assert.ok(steps.some(({ what }) => what === 'trying it out'));
  });

  for (const failure of nativeFailures(platform)) {
    it(`${failure.name}: says so, leaves nothing, and a retry works`, async () => {
      native.publish({
        library: failure.library ?? library,
        addon: failure.addon ?? addon,
      });
      await assert.rejects(install(), failure.says);
      await assertNothingInstalled();
      await assert.rejects(lstat(join(dirname(native.folder()), 'evil')));
      native.publish();
      assert.equal(await install(), true);
      await assertInstalled();
    });
  }

  it('a server that is not there', async () => {
    await assert.rejects(
      install({ host: 'http://127.0.0.1:9' }),
      /127\.0\.0\.1:9 could not be reached .*http\.proxy/,
    );
    await assertNothingInstalled();
  });

  it('a checksum that is known is checked', async () => {
    const sha256 = createHash('sha256').update(library.bytes).digest('hex');
    const [first, second] = archives;
    await assert.rejects(
      install({ archives: [{ ...first, sha256: '0'.repeat(64) }, second] }),
      /^BadFileError: libtensorflow\S+ has the checksum [0-9a-f]{64}; it should be 0{64}$/,
    );
    assert.deepEqual(await readdir(native.folder()), [], 'a wrong file is not kept');
    assert.equal(await install({ archives: [{ ...first, sha256 }, second] }), true);
  });

  describe('trusts nothing before it ran', () => {
    const broken = (): Promise<never> =>
      Promise.reject(new Error('the engine was killed (SIGILL)'));

    it('an addon that fails its trial is removed, with its archives', async () => {
      await assert.rejects(
        install({ probe: broken }),
        /does not work on this machine and was removed: the engine was killed \(SIGILL\)/,
      );
      assert.deepEqual(await readdir(native.folder()), []);
    });

    it('what was installed before stays', async () => {
      await install();
      await writeFile(join(native.folder(), 'native', 'mark'), 'first');
      await assert.rejects(install({ probe: broken }), /SIGILL/);
      assert.equal(await readFile(join(native.folder(), 'native', 'mark'), 'utf8'), 'first');
      await install();
      await assert.rejects(readFile(join(native.folder(), 'native', 'mark')));
      await assertInstalled();
    });
  });

  it('runs once at a time', async () => {
    let endProbe: (() => void) | undefined;
    const probe = (): Promise<void> => new Promise((resolve) => (endProbe = resolve));
    const first = install({ probe });
    await waitUntil('the probe', () => endProbe !== undefined);
    await assert.rejects(install(), /is being installed already/);
    endProbe?.();
    await first;
    await writeFile(nativePlaces(native.folder()).lock, '999999999');
    assert.equal(await install(), true, 'a lock whose holder is gone does not count');
  });

  it('is removed without a trace, finished or not, and twice', async () => {
    await install();
    await removeNative(native.folder());
    assert.deepEqual(await readdir(native.folder()), []);
    await removeNative(native.folder());
  });
});

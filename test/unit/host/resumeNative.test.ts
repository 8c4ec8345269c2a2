import { strict as assert } from 'node:assert';
import { CancelledError } from '../../../src/protocol/rpc';
import { libraryArchive } from '../../support/nativeArchives';
import { useNativeInstall } from '../../support/useNativeInstall';

describe('the installation of a native engine goes on where it stopped', () => {
  const native = useNativeInstall();
  const { platform, library, addon, install, assertNothingInstalled, assertInstalled } = native;

  const half = Math.floor(library.bytes.length / 2);
  const gets = (): string[] =>
    native
      .publisher()
      .requests.filter((request) => request.startsWith('GET ') && request.includes('lib'));

  const cut = async (): Promise<void> => {
    native.publish({ library: { ...library, cutAfter: half }, addon });
    await assert.rejects(install(), /broke after/);
    native.publisher().requests.length = 0;
  };

  it('after a cut connection', async () => {
    await cut();
    native.publish();
    await install();
    assert.match(gets().join(), new RegExp(`bytes=${half}-$`));
    await assertInstalled();
  });

  it('after a cancellation', async () => {
    native.publish({ library: { ...library, stallAfter: half }, addon });
    const controller = new AbortController();
    const report = ({ done }: { done?: number }): void => {
      if (done === half) controller.abort(new CancelledError());
    };
    await assert.rejects(install({ signal: controller.signal, report }), CancelledError);
    await assertNothingInstalled();
    native.publish();
    await install();
    assert.match(gets().at(-1) ?? '', new RegExp(`bytes=${half}-$`));
    await assertInstalled();
  });

  it('with a complete archive, which is not fetched again', async () => {
    native.publish({ library, addon: { ...addon, cutAfter: 10 } });
    await assert.rejects(install(), /broke after/);
    native.publisher().requests.length = 0;
    native.publish();
    await install();
    assert.deepEqual(gets(), []);
  });

  it('from the start where the server has another version by now', async () => {
    await cut();
    const newer = { bytes: libraryArchive(platform, 300_000), etag: '"2"' };
    native.publish({ library: newer, addon });
    await install();
    assert.ok(gets().every((request) => !request.includes('bytes=')));
    await assertInstalled();
  });

  it('from the start where the server knows no ranges', async () => {
    await cut();
    native.publish({ library: { ...library, ranges: false }, addon });
    await install();
    await assertInstalled();
  });

  it('from the start where the server names no version that can be trusted', async () => {
    native.publish({
      library: { ...library, etag: 'W/"weak"', cutAfter: half },
      addon,
    });
    await assert.rejects(install(), /broke after/);
    native.publish({ library: { ...library, etag: 'W/"weak"' }, addon });
    native.publisher().requests.length = 0;
    await install();
    assert.ok(gets().every((request) => !request.includes('bytes=')));
  });
});

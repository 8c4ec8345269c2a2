import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { AlexNetInspectorApi } from '../../alexnet-inspector';
import type { NativeArchive } from '../../src/host/native/nativePackage';
import { addonFile, archivesFor, thisPlatform, whyNone } from '../../src/host/native/nativePackage';
import { crashingLibrary } from '../support/crashingLibrary';
import { extensionApi, inWorkspace, picture } from '../support/extensionApi';
import { fakeLibrary } from '../support/fakeLibrary';
import { nativeAddon } from '../support/nativeAddon';
import { addonArchive, libraryArchive, publish } from '../support/nativeArchives';
import { nativeFailures } from '../support/nativeFailures';
import { notRun } from '../support/notRun';
import type { Published, Publisher } from '../support/publisher';
import { startPublisher } from '../support/publisher';
import type { Screen } from '../support/screen';
import { watchScreen } from '../support/screen';

type Environment = 'ALEXNET_TFJS_ADDON' | 'ALEXNET_NATIVE_HOST' | 'LD_LIBRARY_PATH';

const run = (command: string): Thenable<unknown> => vscode.commands.executeCommand(command);
const install = (): Thenable<unknown> => run('alexnet.installNativeEngine');
const publishes = whyNone(thisPlatform) === undefined;
/** Real, where this machine has one; else nothing that could run. */
const addonPath = nativeAddon();
const extensionPath = (): string =>
  vscode.extensions.getExtension('alexnet-inspector.alexnet-inspector')!.extensionPath;
const packaged = (): string =>
  join(extensionPath(), 'node_modules/@tensorflow/tfjs-node', addonFile);

describe('the native engine of a VSIX', () => {
  const saved: Partial<Record<Environment, string | undefined>> = {};
  let archives: readonly NativeArchive[];
  let api: AlexNetInspectorApi;
  let publisher: Publisher;
  let screen: Screen;
  let library: Published;
  let addon: Published;

  const setEnvironment = (name: Environment, value: string | undefined): void => {
    if (!(name in saved)) saved[name] = process.env[name];
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  };

  before(async function () {
    api = await extensionApi();
    publisher = await startPublisher();
    screen = watchScreen();
    setEnvironment('ALEXNET_TFJS_ADDON', undefined);
    setEnvironment('ALEXNET_NATIVE_HOST', publisher.url);
    await run('alexnet.restartEngine');
    if (!publishes) {
      notRun(`installing a native engine (none is published for ${thisPlatform})`);
      return;
    }
    archives = archivesFor(thisPlatform);
    library = { bytes: libraryArchive(thisPlatform, 200_000) };
    const bytes = addonPath ? await readFile(addonPath) : fakeLibrary(thisPlatform);
    addon = { bytes: addonArchive(bytes) };
    // The library's archive is not real: an addon that looks in ../../deps/lib finds the real one by this.
    if (addonPath) setEnvironment('LD_LIBRARY_PATH', join(dirname(addonPath), '../../deps/lib'));
  });

  after(async () => {
    screen.restore();
    for (const [name, value] of Object.entries(saved)) setEnvironment(name as Environment, value);
    await publisher.close();
    await run('alexnet.restartEngine');
  });

  beforeEach(() => {
    screen.answer = 'Install';
    screen.cancelAt = undefined;
    for (const list of [screen.questions, screen.errors, screen.news, screen.progress])
      list.length = 0;
    publisher.requests.length = 0;
    if (publishes) publish(publisher, archives, { library, addon });
  });

  /** Without an installation: what a checkout has in tfjs-node's own place, else wasm with the reason. */
  const assertNotNative = async (): Promise<void> => {
    const { backend, refused } = await api.engine();
    if (existsSync(packaged())) return;
    assert.equal(backend, 'wasm');
    assert.match(
      refused[0]!.why,
      /native TensorFlow is not installed; run "AlexNet: Install Native Engine"/,
    );
  };

  /** The extension's global storage, as the question names it. */
  const storage = (): string => /They go to (.+), where/.exec(screen.questions.at(-1)!.detail)![1]!;

  const assertNothingInstalled = async (): Promise<void> => {
    const names = await readdir(storage()).catch(() => []);
    assert.deepEqual(
      names.filter((name) => name.startsWith('native') && name !== 'native-downloads'),
      [],
    );
  };

  it('is advised where none is installed', assertNotNative);

  if (!publishes) {
    it('is refused in a sentence where none is published', async () => {
      assert.equal(await install(), undefined);
      assert.match(screen.errors.join(), /alexnet\.engine\.libraryPath/);
    });
  }

  describe('installing it', () => {
    before(function () {
      if (!publishes) this.skip();
    });

    it('asks first: what, from where, how large; a no fetches nothing', async () => {
      screen.answer = undefined;
      assert.equal(await install(), undefined);
      const [{ text, detail } = { text: '', detail: '' }] = screen.questions;
      assert.equal(text, 'Install native TensorFlow?');
      assert.match(detail, /fetched from 127\.0\.0\.1:\d+/);
      assert.match(detail, /libtensorflow: libtensorflow-cpu-\S+, \d+\.\d MB/);
      assert.match(detail, /tfjs-node's addon: CPU-\S+, \d+\.\d MB/);
      assert.ok(publisher.requests.every((request) => request.startsWith('HEAD ')));
      await assertNothingInstalled();
    });

    for (const failure of nativeFailures(thisPlatform)) {
      it(`${failure.name}: one sentence, nothing installed, the engine as before`, async () => {
        publish(publisher, archives, {
          library: failure.library ?? library,
          addon: failure.addon ?? addon,
        });
        assert.equal(await install(), undefined);
        assert.equal(screen.errors.length, 1);
        assert.match(screen.errors[0]!, failure.says);
        assert.doesNotMatch(screen.errors[0]!, /\n|\.ts|\.js:|undefined/, 'one sentence, no code');
        if (screen.questions.length > 0) await assertNothingInstalled();
        await assertNotNative();
      });
    }

    it('an addon that cannot be loaded: says why, and is removed', async () => {
      publish(publisher, archives, {
        library,
        addon: { bytes: addonArchive(fakeLibrary(thisPlatform)) },
      });
      assert.equal(await install(), undefined);
      assert.match(screen.errors.join(), /does not work on this machine and was removed: .+/);
      assert.deepEqual(
        (await readdir(storage())).filter((name) => name.startsWith('native')),
        [],
      );
      await assertNotNative();
    });

    it('an addon that ends the process which loads it: says so, and is removed', async () => {
      const crash = crashingLibrary(inWorkspace().fsPath);
      if (!crash) {
        notRun('an addon that crashes on load (no C compiler here)');
        return;
      }
      publish(publisher, archives, { library, addon: { bytes: addonArchive(crash) } });
      assert.equal(await install(), undefined);
      assert.match(screen.errors.join(), /was removed: the engine (was killed|exited)/);
      assert.deepEqual(
        (await readdir(storage())).filter((name) => name.startsWith('native')),
        [],
      );
      await assertNotNative();
    });

    it('cancelled in the middle: nothing is said, and it goes on from there the next time', async () => {
      const half = Math.floor(library.bytes.length / 2);
      publish(publisher, archives, { library: { ...library, stallAfter: half }, addon });
      screen.cancelAt = /fetching/;
      assert.equal(await install(), undefined);
      assert.deepEqual(screen.errors, []);
      await assertNothingInstalled();
      await assertNotNative();
      publish(publisher, archives, { library, addon });
      screen.cancelAt = undefined;
      await install();
      assert.ok(publisher.requests.some((request) => request.endsWith(`bytes=${half}-`)));
      await run('alexnet.removeNativeEngine');
    });

    it('runs on it at once, and on wasm again when it is removed', async function () {
      if (!addonPath) {
        notRun("installing tfjs-node's real addon (none on this machine; ALEXNET_TFJS_ADDON)");
        this.skip();
      }
      const info = await install();
      assert.deepEqual(screen.errors, []);
      assert.equal((info as { backend: string }).backend, 'tensorflow');
      assert.match(
        screen.news.at(-1)!,
        /^Native TensorFlow is installed\. tensorflow \d+\.\d+\.\S+ runs now, on \d+ threads?\.$/,
      );
      assert.ok(
        screen.progress.some((message) => /^fetching .*\d+\.\d of \d+\.\d MB/.test(message)),
      );
      const run1 = await api.classify(picture('small.png'));
      assert.equal(run1.backend, 'tensorflow');
      await install();
      assert.deepEqual(screen.errors, [], 'a second time replaces the first');
      await run('alexnet.removeNativeEngine');
      assert.match(screen.news.at(-1)!, /^The native engine was removed\. /);
      await assertNothingInstalled();
      await assertNotNative();
      await run('alexnet.removeNativeEngine');
      assert.equal(screen.news.at(-1), 'No native engine is installed.');
    });
  });
});

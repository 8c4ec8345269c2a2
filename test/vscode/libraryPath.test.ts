import { strict as assert } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { AlexNetInspectorApi } from '../../alexnet-inspector';
import { thisPlatform } from '../../src/host/native/nativePackage';
import { crashingLibrary } from '../support/crashingLibrary';
import { extensionApi, inWorkspace, picture } from '../support/extensionApi';
import { fakeLibrary } from '../support/fakeLibrary';
import { nativeAddon } from '../support/nativeAddon';
import { notRun } from '../support/notRun';
import type { Screen } from '../support/screen';
import { watchScreen } from '../support/screen';

describe('alexnet.engine.libraryPath', () => {
  let api: AlexNetInspectorApi;
  let screen: Screen;

  const use = (path: string | undefined): Thenable<void> =>
    vscode.workspace
      .getConfiguration('alexnet')
      .update('engine.libraryPath', path, vscode.ConfigurationTarget.Global);

  before(async () => {
    api = await extensionApi();
    screen = watchScreen();
  });

  after(async () => {
    await use(undefined);
    screen.restore();
  });

  const refused = async (path: string, says: RegExp): Promise<void> => {
    screen.warnings.length = 0;
    await use(path);
    const info = await api.engine();
    assert.equal(info.backend, 'wasm');
    assert.match(info.refused[0]!.why, says);
  };

  /** A refusal leaves the same engine, whoever refuses: a picture is run after one by the host, the loader and a crash. */
  const runs = async (): Promise<void> =>
    assert.equal((await api.classify(picture('small.png'))).backend, 'wasm');

  const wrong: readonly (readonly [string, () => string, RegExp])[] = [
    [
      'a relative path',
      () => 'tfjs_binding.node',
      /is "tfjs_binding\.node": that is not an absolute path/,
    ],
    ['a path where nothing is', () => inWorkspace('nowhere').fsPath, /nowhere": nothing is there/],
    [
      'a folder without an addon',
      () => inWorkspace('fixtures').fsPath,
      /holds no tfjs_binding\.node/,
    ],
    ['a file that is no library', () => inWorkspace('README.md').fsPath, /is not a shared library/],
  ];

  for (const [name, path, says] of wrong) {
    it(`${name}: wasm runs, and the reason is shown once`, async () => {
      await refused(path(), says);
      assert.equal(screen.warnings.length, 1);
      assert.match(screen.warnings[0]!, says);
      if (name === wrong[0]?.[0]) await runs();
    });
  }

  it("another platform's library: wasm runs", async () => {
    const other = thisPlatform === 'win32-x64' ? 'linux-x64' : 'win32-x64';
    const path = inWorkspace('other.node').fsPath;
    await writeFile(path, fakeLibrary(other));
    await refused(path, new RegExp(`is made for ${other}, and this machine is ${thisPlatform}`));
  });

  it('a library that cannot be loaded: wasm runs', async () => {
    const path = inWorkspace('fake.node').fsPath;
    await writeFile(path, fakeLibrary(thisPlatform));
    await refused(path, /fake\.node/);
    await runs();
  });

  it('a library that ends the process: wasm runs', async () => {
    if (!crashingLibrary(inWorkspace().fsPath)) {
      notRun('an addon that crashes on load (no C compiler here)');
      return;
    }
    await refused(
      inWorkspace('crash.node').fsPath,
      /the engine (was killed|exited).* while it loaded .*crash\.node/,
    );
    await runs();
  });

  it('an addon, or the folder that holds it: native TensorFlow runs', async function () {
    const path = nativeAddon();
    if (!path) {
      notRun('alexnet.engine.libraryPath with a real addon (none on this machine)');
      this.skip();
    }
    for (const place of [path, dirname(path)]) {
      await use(place);
      assert.equal((await api.engine()).backend, 'tensorflow');
    }
    assert.equal((await api.classify(picture('small.png'))).backend, 'tensorflow');
  });
});

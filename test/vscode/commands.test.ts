import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { extensionApi, inWorkspace, picture } from '../support/extensionApi';

const extension = (): vscode.Extension<unknown> =>
  vscode.extensions.getExtension('alexnet-inspector.alexnet-inspector')!;

const panels = (): vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputWebview && input.viewType.endsWith('alexnet.architecture'),
    );

describe('commands', () => {
  before(async () => {
    const api = await extensionApi();
    await api.useVariant('keras');
  });

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('AlexNet: Show Architecture opens one panel, and brings it back to the front', async () => {
    await vscode.commands.executeCommand('alexnet.showArchitecture');
    await vscode.commands.executeCommand('alexnet.showArchitecture');
    assert.equal(panels().length, 1);
  });

  it('AlexNet: Classify Image takes the picture that was clicked, and opens the panel', async () => {
    const runId = await vscode.commands.executeCommand<number>(
      'alexnet.classifyImage',
      picture('rgb-420.jpg'),
    );
    const api = await extensionApi();
    assert.deepEqual((await api.input(runId)).shape, [224, 224, 3]);
    assert.equal(panels().length, 1);
  });

  it('several pictures run one after the other, and the last is shown', async () => {
    const uris = ['small.png', 'grey.jpg', 'tall.png'].map(picture);
    const api = await extensionApi();
    const { runId: first } = await api.classify(picture('small.png'));
    const last = await vscode.commands.executeCommand<number>(
      'alexnet.classifyImage',
      uris[0],
      uris,
    );
    assert.equal(last, first + 3);
  });

  it('one bad picture among several does not stop the others', async () => {
    const uris = [picture('small.png'), inWorkspace('missing.png'), picture('tall.png')];
    const api = await extensionApi();
    const { runId: first } = await api.classify(picture('small.png'));
    assert.equal(
      await vscode.commands.executeCommand('alexnet.classifyImage', uris[0], uris),
      first + 2,
    );
  });

  it("takes the picture of VS Code's own preview from its tab", async () => {
    await vscode.commands.executeCommand(
      'vscode.openWith',
      picture('rgb.png'),
      'imagePreview.previewEditor',
    );
    const runId = await vscode.commands.executeCommand<number>('alexnet.classifyImage');
    assert.equal(typeof runId, 'number');
  });
});

describe('the extension keeps the host quick', () => {
  it('has a host bundle free of TensorFlow.js', async () => {
    const code = await readFile(join(extension().extensionPath, 'dist', 'extension.js'), 'utf8');
    for (const trace of ['registerKernel', 'setWasmPaths', 'tfjs-core', 'LayersModel']) {
      assert.ok(!code.includes(trace), `${trace} is in dist/extension.js`);
    }
  });

  it('offers its menus on pictures only', () => {
    const { contributes } = extension().packageJSON as {
      contributes: { menus: Record<string, { command: string; when: string }[]> };
    };
    const [item] = contributes.menus['explorer/context']!;
    const [, body, flags] = /resourceExtname =~ \/(.+)\/(\w*)/.exec(item!.when)!;
    const pattern = new RegExp(body!, flags);
    for (const name of [
      '.jpg',
      '.JPEG',
      '.png',
      '.webp',
      '.gif',
      '.bmp',
      '.avif',
      '.tif',
      '.TIFF',
      // Not read: a sentence says what to do with these.
      '.svg',
      '.heic',
      '.jxl',
    ]) {
      assert.match(name, pattern);
    }
    for (const name of ['.svgz', '.txt', '.jpg.exe', '.pn', '']) assert.doesNotMatch(name, pattern);
  });

  it('offers to load weights on files of weights only', () => {
    const { contributes } = extension().packageJSON as {
      contributes: { menus: Record<string, { command: string; when: string }[]> };
    };
    for (const menu of ['explorer/context', 'editor/title/context']) {
      const item = contributes.menus[menu]!.find(
        ({ command }) => command === 'alexnet.loadSelectedWeights',
      );
      const [, body, flags] = /resourceExtname =~ \/(.+)\/(\w*)/.exec(item!.when)!;
      const pattern = new RegExp(body!, flags);
      const files = 'safetensors pth pt keras h5 onnx npz net caffemodel ONNX'.split(' ');
      for (const name of files) assert.match(`.${name}`, pattern);
      for (const name of ['.json', '.ptx', '.py', '']) assert.doesNotMatch(name, pattern);
      assert.match(item!.when, /resourceFilename == model\.json/);
    }
  });

  it('declares where it may run', () => {
    const { extensionKind, capabilities } = extension().packageJSON as {
      extensionKind: string[];
      capabilities: {
        virtualWorkspaces: boolean;
        untrustedWorkspaces: { supported: string; restrictedConfigurations: string[] };
      };
    };
    assert.deepEqual(extensionKind, ['workspace']);
    assert.equal(capabilities.virtualWorkspaces, true);
    assert.equal(capabilities.untrustedWorkspaces.supported, 'limited');
    assert.deepEqual(capabilities.untrustedWorkspaces.restrictedConfigurations, [
      'alexnet.engine.backend',
      'alexnet.engine.libraryPath',
      'alexnet.weights',
    ]);
  });
});

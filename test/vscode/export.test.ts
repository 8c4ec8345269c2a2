import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { decodePicture } from '../../src/imaging/decodePicture';
import { readNpyHeader } from '../../src/files/containers/npy';
import { extensionApi, inWorkspace, picture } from '../support/extensionApi';
import { watchScreen, type Screen } from '../support/screen';

const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(`alexnet.${command}`, ...args);

const text = async (uri: vscode.Uri): Promise<string> =>
  Buffer.from(await vscode.workspace.fs.readFile(uri)).toString();

describe('exports without the panel', () => {
  const folder = inWorkspace('exported');
  const file = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
  const names = async (): Promise<readonly string[]> =>
    (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name).sort();
  let screen: Screen;

  before(async () => {
    const api = await extensionApi();
    await api.useVariant('torchvision');
    await vscode.workspace.fs.createDirectory(folder);
  });
  beforeEach(() => (screen = watchScreen()));
  afterEach(() => screen.restore());
  after(async () => {
    await vscode.workspace.fs.delete(folder, { recursive: true });
    await (await extensionApi()).useVariant('keras');
  });

  it('the layer table of the shown variant, in the format of its name', async () => {
    const api = await extensionApi();
    const { layers, totals } = api.summary();
    await run('exportLayerTable', file('t.csv'));
    const rows = (await text(file('t.csv'))).trimEnd().split('\n');
    assert.equal(rows.length, layers.length + 1);
    assert.match(rows[0]!, /^Layer,Kind,Input,Output,Parameters,Trainable,MACs,Activation bytes,/);
    assert.match(rows[2]!, /^conv1,Conv2D,224x224x3,55x55x64,23296,23296,70276800,774400,11 \/ 4/);
    await run('exportLayerTable', file('t.JSON'));
    const read = JSON.parse(await text(file('t.JSON'))) as ReturnType<typeof api.summary>;
    assert.deepEqual(read.totals, totals);
    assert.deepEqual(
      read.layers.map(({ name, macs, receptiveField }) => ({ name, macs, receptiveField })),
      layers.map(({ name, macs, receptiveField }) => ({ name, macs, receptiveField })),
    );
    await run('exportLayerTable', file('t.md'));
    assert.match(await text(file('t.md')), /^\| Layer \| Kind \|.*\n\| --- \|/);
    assert.deepEqual(screen.news, [
      'Saved exported/t.csv.',
      'Saved exported/t.JSON.',
      'Saved exported/t.md.',
    ]);
    assert.deepEqual(await names(), ['t.JSON', 't.csv', 't.md']);
  });

  it("a layer's output in the last run, as the engine has it", async () => {
    const api = await extensionApi();
    const { runId } = await api.classify(picture('rgb.png'));
    const { shape, data } = await api.activation(runId, 'conv1');
    await run('exportActivation', file('conv1.npy'), 'conv1');
    const bytes = await vscode.workspace.fs.readFile(file('conv1.npy'));
    const header = readNpyHeader(bytes, 'conv1.npy');
    assert.deepEqual(header.shape, shape);
    assert.deepEqual(
      new Float32Array(Uint8Array.from(bytes.subarray(header.dataStart)).buffer),
      data,
    );
    await run('exportActivation', file('fc8.json'), 'fc8');
    const fc8 = JSON.parse(await text(file('fc8.json'))) as { shape: number[]; data: number[] };
    const logits = await api.activation(runId, 'fc8');
    assert.deepEqual(fc8.shape, [1000]);
    assert.deepEqual(Float32Array.from(fc8.data), logits.data);
  });

  it('asks for the layer and the place, and writes nothing when the person leaves', async () => {
    const { showQuickPick, showSaveDialog } = vscode.window;
    const asked: unknown[] = [];
    const replace = (saveTo: vscode.Uri | undefined): void => {
      Object.assign(vscode.window, {
        showQuickPick: (items: readonly vscode.QuickPickItem[]) => {
          asked.push(items.map(({ label }) => label));
          return Promise.resolve(items.find(({ label }) => label === 'pool5'));
        },
        showSaveDialog: ({ defaultUri, filters }: vscode.SaveDialogOptions) => {
          asked.push(defaultUri?.path.split('/').at(-1), filters);
          return Promise.resolve(saveTo);
        },
      });
    };
    try {
      replace(undefined);
      assert.equal(await run('exportActivation'), undefined);
      const api = await extensionApi();
      const layers = api.summary().layers.map(({ name }) => name);
      assert.deepEqual(asked, [
        layers.filter((name) => name !== 'input'),
        'rgb-pool5.npy',
        { NumPy: ['npy'], JSON: ['json'], PNG: ['png'] },
      ]);
      assert.deepEqual(screen.news, []);
      replace(file('chosen.npy'));
      await run('exportActivation');
      assert.ok((await names()).includes('chosen.npy'));
    } finally {
      Object.assign(vscode.window, { showQuickPick, showSaveDialog });
    }
  });

  it('the graph and maps as pictures, for which the panel opens', async () => {
    await (await extensionApi()).classify(picture('rgb.png'));
    await run('exportGraph', file('graph.svg'));
    const svg = await text(file('graph.svg'));
    assert.match(svg, /^<svg /);
    for (const { name } of (await extensionApi()).summary().layers) {
      assert.ok(svg.includes(`>${name}<`), `no ${name} in the graph`);
    }
    await run('exportGraph', file('graph.png'));
    await run('exportActivation', file('sheet.png'), 'conv1');
    await run('exportActivation', file('channel.png'), 'conv1', 5);
    for (const name of ['graph.png', 'sheet.png', 'channel.png']) {
      const bytes = await vscode.workspace.fs.readFile(file(name));
      const { width, height, rgb } = await decodePicture(bytes, '');
      assert.ok(width > 400 && height > 400, `${name} is ${width} × ${height}`);
      assert.ok(new Set(rgb.filter((_, at) => at % 3 === 0)).size > 20, `${name} is blank`);
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('replaces a file whole, and leaves nothing beside it', async () => {
    await vscode.workspace.fs.writeFile(file('old.csv'), Buffer.from('x'.repeat(100_000)));
    await run('exportLayerTable', file('old.csv'));
    assert.match(await text(file('old.csv')), /^Layer,/);
    assert.deepEqual(
      (await names()).filter((name) => name.endsWith('.part')),
      [],
    );
  });

  it('says in one sentence what it cannot do', async () => {
    await vscode.workspace.fs.createDirectory(file('folder.csv'));
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(file('folder.csv'), 'kept.txt'),
      Buffer.from('kept'),
    );
    const cases: readonly (readonly [Thenable<unknown>, RegExp])[] = [
      [run('exportLayerTable', file('t.xlsx')), /t\.xlsx must end in \.csv, \.md or \.json\.$/],
      [run('exportLayerTable', file('folder.csv')), /folder\.csv is a folder; choose another/],
      [run('exportActivation', file('x.npy'), 'conv9'), /conv9/],
    ];
    for (const [work, message] of cases) await assert.rejects(async () => work, message);
    assert.equal(await text(vscode.Uri.joinPath(file('folder.csv'), 'kept.txt')), 'kept');
    assert.deepEqual(screen.news, []);
  });
});

import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { AlexNetInspectorApi } from '../../alexnet-inspector';
import { extensionApi, inWorkspace, picture } from '../support/extensionApi';
import { writeSlowPicture } from '../support/slowPicture';
import { watchScreen, type Screen } from '../support/screen';
import { waitUntil } from '../support/waiting';

/** Pictures that take far longer together than the first of them. */
const manySlow = 10;
const folder = inWorkspace('strip');
const run = <T = number>(command: string, ...given: unknown[]): Thenable<T> =>
  vscode.commands.executeCommand<T>(`alexnet.${command}`, ...given);

describe('a folder and several pictures', () => {
  let api: AlexNetInspectorApi;
  let screen: Screen;

  before(async () => {
    api = await extensionApi();
    await api.useVariant('keras');
    await api.loadWeights('random');
    const { fs } = vscode.workspace;
    for (const name of ['2.png', '10.png', '1.png']) {
      await fs.copy(picture('small.png'), vscode.Uri.joinPath(folder, name));
    }
    const text = new TextEncoder().encode('no picture');
    await fs.writeFile(vscode.Uri.joinPath(folder, '3.png'), text);
    await fs.writeFile(vscode.Uri.joinPath(folder, 'notes.txt'), text);
    await fs.createDirectory(vscode.Uri.joinPath(folder, 'inner.png'));
    await fs.createDirectory(inWorkspace('strip-empty'));
  });
  beforeEach(() => (screen = watchScreen()));
  afterEach(async () => {
    screen.restore();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** How many runs there have been: each takes the next number. */
  const lastRun = async (): Promise<number> => (await api.classify(picture('small.png'))).runId;

  it('of a folder, the pictures directly in it run in natural order past one that is broken', async () => {
    const before = await lastRun();
    // A number is taken by a picture that is broken, too.
    assert.equal(await run('classifyFolder', folder), before + 4);
  });

  it('are stepped through, and those that the engine still holds do not run again', async () => {
    const last = await run('classifyFolder', folder);
    assert.equal(await run('nextPicture'), undefined, 'there is one after the last');
    assert.equal(await run('previousPicture'), undefined, 'a broken picture has a run');
    const second = await run('previousPicture');
    const first = await run('previousPicture');
    assert.deepEqual([second, first], [last - 2, last - 3]);
    assert.deepEqual(await run('nextPicture'), second);
    assert.equal((await api.activation(first, 'conv1')).shape.join(), '56,56,96');
    await run('nextPicture');
    assert.equal(await run('nextPicture'), last);
    // The broken one took a number each time the person came to it.
    assert.equal(await lastRun(), last + 3);
  });

  it('run again where they are held no longer, or were made otherwise', async () => {
    const last = await run('classifyFolder', folder);
    await api.useVariant('torchvision');
    await run('previousPicture');
    const second = await run('previousPicture');
    assert.ok(second > last, 'it ran in the other network');
    assert.equal((await api.activation(second, 'conv1')).shape.join(), '55,55,64');
    await api.useVariant('keras');
    await vscode.commands.executeCommand('alexnet.restartEngine');
    const first = await run('previousPicture');
    assert.ok(first > second, 'it ran in the network of before');
    assert.equal((await api.activation(first, 'conv1')).shape.join(), '56,56,96');
  });

  it('are joined by a picture that is not among them, and gone to for one that is', async () => {
    const last = await run('classifyFolder', folder);
    const first = await run('classifyImage', vscode.Uri.joinPath(folder, '1.png'));
    assert.equal(first, last + 1);
    assert.equal(await run('nextPicture'), last - 2);
    const joined = await run('classifyImage', picture('grey.jpg'));
    assert.equal(await run('previousPicture'), last - 2);
    assert.equal(await run('nextPicture'), joined);
  });

  it('stop when something else is asked for, and can be stepped through all the same', async () => {
    const slow = await writeSlowPicture();
    const many = inWorkspace('strip-slow');
    for (let i = 0; i < manySlow; i++)
      await vscode.workspace.fs.copy(slow, vscode.Uri.joinPath(many, `${i}.png`));
    await vscode.workspace.fs.delete(slow);
    const before = await lastRun();
    const under = run('classifyFolder', many);
    await waitUntil('the first of them', () =>
      api.activation(before + 1, 'conv1').then(
        () => true,
        () => false,
      ),
    );
    await run('useRandomWeights');
    await under;
    const stepped = await run('nextPicture');
    assert.ok(stepped > before && stepped < before + manySlow, `${stepped - before} runs`);
    assert.equal(await lastRun(), stepped + 1);
    assert.deepEqual(screen.errors, []);
  });

  it('are given up with the search for them', async () => {
    const under = run('classifyFolder', folder);
    await run('useRandomWeights');
    assert.equal(await under, undefined);
  });

  it('are looked for only where there are some', async () => {
    assert.equal(await run('classifyFolder', inWorkspace('strip-empty')), undefined);
    assert.equal(await run('classifyFolder', inWorkspace('no-such-folder')), undefined);
    const said = screen.errors.join(' ');
    assert.match(said, /strip-empty has no pictures; choose a folder that holds some itself/);
    assert.match(said, /no-such-folder is not there any more/);
  });

  it('are asked for in the menu of folders only', () => {
    const extension = vscode.extensions.getExtension('alexnet-inspector.alexnet-inspector');
    const { contributes } = extension!.packageJSON as {
      contributes: { menus: Record<string, { command: string; when: string }[]> };
    };
    const items = Object.values(contributes.menus).flat();
    const of = (name: string) => items.filter(({ command }) => command === `alexnet.${name}`);
    const [item, ...others] = of('classifySelectedFolders').filter(({ when }) => when !== 'false');
    assert.equal(item?.when, 'explorerResourceIsFolder');
    assert.deepEqual([...others, ...of('classifyFolder')], []);
  });
});

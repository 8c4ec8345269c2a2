import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { NetworksView } from '../../src/extension/sidebar/networksView';
import { RecentPicturesView } from '../../src/extension/sidebar/recentPicturesView';
import { WeightsView } from '../../src/extension/sidebar/weightsView';
import { Documents } from '../../src/host/documents';
import { RecentPictures } from '../../src/host/sidebar/recentPictures';
import { expectedWeights, randomChoice } from '../../src/host/weights/weightsChoice';
import { library } from '../../src/library/alexNets';
import { catalogue } from '../../src/library/catalogue';
import { extensionApi, inWorkspace, picture } from '../support/extensionApi';
import { waitUntil } from '../support/waiting';

const isPanel = ({ input }: vscode.Tab): boolean =>
  input instanceof vscode.TabInputWebview && input.viewType.endsWith('alexnet.architecture');

const iconOf = ({ iconPath }: vscode.TreeItem): string => (iconPath as vscode.ThemeIcon).id;

describe('the side bar', () => {
  const documents = new Documents(library);
  const session = {
    documents,
    documentId: 'bvlc',
    weightsOf: (id: string) => expectedWeights(documents.get(id), randomChoice),
  };

  it('lists networks that are shown at a click, the shown one ticked off', () => {
    const view = new NetworksView(session);
    const items = view.getChildren().map((row) => view.getTreeItem(row));
    assert.deepEqual(
      items.map((item) => iconOf(item) === 'check'),
      library.map(({ id }) => id === 'bvlc'),
    );
    assert.deepEqual(items[0]?.command?.arguments, ['keras']);
    assert.match(items[2]?.accessibilityInformation?.label ?? '', /, shown, 61M parameters$/);
  });

  it('lists weights under their networks, the shown one unfolded, with what each can do', async () => {
    const [first, second, third] = catalogue.map((entry) => ({ entry, bytes: 0 }));
    const sets = [
      { ...first!, bytes: 9e6, isDownloaded: true },
      { ...second!, bytes: 1e6, isDownloaded: false },
      { ...third!, isDownloaded: false },
    ];
    const view = new WeightsView({ session, sets: () => Promise.resolve(sets) });
    const groups = await view.getChildren();
    const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    assert.deepEqual(
      groups.map((group) => view.getTreeItem(group).collapsibleState),
      library.map(({ id }) => (id === 'bvlc' ? Expanded : Collapsed)),
    );
    const rows = await view.getChildren(view.group('bvlc'));
    assert.deepEqual(
      rows.map((row) => view.getTreeItem(row).contextValue),
      ['random inUse', 'set downloaded', 'set unfinished', 'set absent'],
    );
    assert.deepEqual(
      rows.map((row) => iconOf(view.getTreeItem(row))),
      ['check', 'package', 'cloud-download', 'cloud'],
    );
    assert.equal(view.getParent(rows[1]!), view.group('bvlc'));
  });

  it('lists recent pictures, and names those that are gone', async () => {
    const uris = [picture('small.png'), inWorkspace('gone.png')];
    const outcome = { kind: 'failure', why: 'It was broken.' };
    const kept = uris.map((uri) => ({ uri: uri.toString(), label: uri.path, outcome }));
    const recent = new RecentPictures({ kept, keep: () => undefined, lasts: () => true });
    const view = new RecentPicturesView(recent);
    const items = (await view.getChildren()).map((row) => view.getTreeItem(row));
    assert.deepEqual(
      items.map(({ description }) => description),
      ['It was broken.', 'is not there any more'],
    );
    assert.deepEqual(items.map(iconOf), ['warning', 'warning']);
  });

  it('shows the network that a row names, and the panel’s tab says the picture', async () => {
    const api = await extensionApi();
    await vscode.commands.executeCommand('alexnet.selectVariant', 'caffenet');
    assert.deepEqual(api.summary(), api.summary('caffenet'));
    await vscode.commands.executeCommand('alexnet.classifyImage', picture('small.png'));
    const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const isTitled = () => tabs().find(isPanel)?.label === 'small.png — AlexNet';
    await waitUntil('the title of the tab', isTitled);
    await api.useVariant('keras');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});

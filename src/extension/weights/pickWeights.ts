import type { QuickInputButton, QuickPickItem } from 'vscode';
import { QuickPickItemKind, ThemeIcon, window } from 'vscode';
import { unawaited } from '../say/unawaited';
import type { CatalogueEntry } from '../../library/catalogue';
import type { WeightsItem } from '../../host/weights/weightsItems';

interface PickedItem extends QuickPickItem {
  readonly item: WeightsItem;
}

const icons: Readonly<Record<WeightsItem['kind'], string>> = {
  heading: '',
  random: 'sparkle',
  published: 'cloud-download',
  file: 'file',
  again: 'question',
  learned: 'mortar-board',
  own: 'file-code',
};

/** Shows the list of weights until one is chosen; a downloaded set can be removed from there. */
export function pickWeights(
  items: () => readonly WeightsItem[],
  remove: (entry: CatalogueEntry) => Promise<void>,
): Promise<WeightsItem | undefined> {
  const pick = window.createQuickPick<PickedItem>();
  pick.title = 'Choose Weights';
  pick.placeholder = 'Accuracy as published on ImageNet, ILSVRC-2012 validation';
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const button: QuickInputButton = {
    iconPath: new ThemeIcon('trash'),
    tooltip: 'Remove the downloaded file',
  };
  const fill = (): void => {
    pick.items = items().map((item) => pickedItem(item, button));
  };
  fill();
  return new Promise((resolve) => {
    pick.onDidTriggerItemButton(({ item: { item } }) => {
      if (item.kind !== 'published') return;
      unawaited(remove(item.entry).then(fill));
    });
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.item);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function pickedItem(item: WeightsItem, button: QuickInputButton): PickedItem {
  if (item.kind === 'heading')
    return { item, label: item.label, kind: QuickPickItemKind.Separator };
  const isHere = item.kind === 'published' && item.isDownloaded;
  const icon = isHere ? 'check' : icons[item.kind];
  const { label, description, detail } = item;
  const shown = { item, label: `$(${icon}) ${label}`, description, detail };
  return isHere ? { ...shown, buttons: [button] } : shown;
}

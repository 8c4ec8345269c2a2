import * as vscode from 'vscode';

/** What stands in for VS Code's list while nobody sits before it. */
export interface QuickPickWatch {
  /** The items of the last list, as they were when somebody answered. */
  readonly items: readonly vscode.QuickPickItem[];
  /** Which item a person accepts; none where it is left undefined. */
  answer: ((item: vscode.QuickPickItem) => boolean) | undefined;
  /** Whose button a person presses before. */
  press: ((item: vscode.QuickPickItem) => boolean) | undefined;
  restore(): void;
}

/** Puts itself in the place of VS Code's lists until it is restored. */
export function watchQuickPick(): QuickPickWatch {
  const { createQuickPick, showQuickPick } = vscode.window;
  const watch = {
    items: [] as readonly vscode.QuickPickItem[],
    answer: undefined as QuickPickWatch['answer'],
    press: undefined as QuickPickWatch['press'],
    restore: () => Object.assign(vscode.window, { createQuickPick, showQuickPick }),
  };
  Object.assign(vscode.window, {
    createQuickPick: () => fakeList(watch),
    showQuickPick: (items: readonly vscode.QuickPickItem[], options?: vscode.QuickPickOptions) => {
      watch.items = items;
      const accepted = watch.answer && items.filter(watch.answer);
      return Promise.resolve(options?.canPickMany ? accepted : accepted?.[0]);
    },
  });
  return watch;
}

function fakeList(watch: {
  items: readonly vscode.QuickPickItem[];
  answer: QuickPickWatch['answer'];
  press: QuickPickWatch['press'];
}) {
  const accepted = new vscode.EventEmitter<void>();
  const hidden = new vscode.EventEmitter<void>();
  const pressed = new vscode.EventEmitter<{ readonly item: vscode.QuickPickItem }>();
  const list = {
    items: [] as readonly vscode.QuickPickItem[],
    selectedItems: [] as readonly vscode.QuickPickItem[],
    onDidAccept: accepted.event,
    onDidHide: hidden.event,
    onDidTriggerItemButton: pressed.event,
    hide: () => hidden.fire(),
    dispose: () => undefined,
    show: () => void answer().catch(() => hidden.fire()),
  };
  const answer = async (): Promise<void> => {
    const button = watch.press && list.items.find(watch.press);
    if (button) {
      const before = list.items;
      pressed.fire({ item: button });
      while (list.items === before) await new Promise((resolve) => setTimeout(resolve, 10));
    }
    watch.items = list.items;
    list.selectedItems = watch.answer ? list.items.filter(watch.answer) : [];
    if (list.selectedItems.length > 0) accepted.fire();
    else hidden.fire();
  };
  return list;
}

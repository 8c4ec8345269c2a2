import type { QuickPickItem } from 'vscode';
import { QuickPickItemKind, window } from 'vscode';
import type { ModelDocument } from '../../network/modelDocument';
import type { Documents } from '../../host/documents';
import type { ComparedWith } from '../../host/compare/compareActions';
import type { RunView } from '../../protocol/panelProtocol';

interface ComparisonItem extends QuickPickItem {
  readonly choice?: ComparedWith;
}

/** Asks what to compare a result with; undefined when the person thinks better of it. */
export async function chooseComparison(
  run: RunView,
  documents: Documents,
): Promise<ComparedWith | undefined> {
  const shown = documents.get(run.documentId);
  const title = `Compare ${run.name} in ${shown.title} with`;
  const others = documents.all.filter((document) => document !== shown);
  const item = await window.showQuickPick(items(others), { title, matchOnDetail: true });
  return item?.choice;
}

function items(others: readonly ModelDocument[]): ComparisonItem[] {
  return [
    { choice: { kind: 'picture' }, label: '$(file-media) Another picture…' },
    { choice: { kind: 'weights' }, label: '$(package) The same picture with other weights…' },
    {
      choice: { kind: 'next' },
      label: '$(pin) The next result',
      detail:
        'Keeps this result and compares every one after it: another picture, network or preprocessing',
    },
    { label: 'The same picture in', kind: QuickPickItemKind.Separator },
    ...others.map(({ id, title, description }) => ({
      choice: { kind: 'document', documentId: id } as const,
      label: `$(type-hierarchy) ${title}`,
      detail: description,
    })),
  ];
}

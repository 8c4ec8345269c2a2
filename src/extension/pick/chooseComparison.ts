import type { QuickPickItem } from 'vscode';
import { QuickPickItemKind, window } from 'vscode';
import type { VariantId } from '../../library/variant';
import { variantIds } from '../../library/variant';
import { variants } from '../../library/variants';
import type { ComparedWith } from '../../host/compare/compareActions';
import type { RunView } from '../../protocol/panelProtocol';

interface ComparisonItem extends QuickPickItem {
  readonly choice?: ComparedWith;
}

/** Asks what to compare a result with; undefined when the person thinks better of it. */
export async function chooseComparison(run: RunView): Promise<ComparedWith | undefined> {
  const title = `Compare ${run.name} in ${variants[run.variant].title} with`;
  const item = await window.showQuickPick(items(run.variant), { title, matchOnDetail: true });
  return item?.choice;
}

function items(shown: VariantId): ComparisonItem[] {
  const others = variantIds.filter((id) => id !== shown);
  return [
    { choice: { kind: 'picture' }, label: '$(file-media) Another picture…' },
    { choice: { kind: 'weights' }, label: '$(package) The same picture with other weights…' },
    {
      choice: { kind: 'next' },
      label: '$(pin) Whatever comes next',
      detail: 'Keeps this result; every picture, variant or preprocessing after it is compared',
    },
    { label: 'The same picture in', kind: QuickPickItemKind.Separator },
    ...others.map((id) => ({
      choice: { kind: 'variant', variant: id } as const,
      label: `$(type-hierarchy) ${variants[id].title}`,
      detail: variants[id].description,
    })),
  ];
}

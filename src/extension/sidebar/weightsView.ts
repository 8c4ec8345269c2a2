import type { Command } from 'vscode';
import { ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { Session } from '../../host/session/session';
import {
  weightsGroups,
  type StoredSet,
  type WeightsGroup,
  type WeightsRow,
} from '../../host/sidebar/weightsRows';
import { ListView } from './listView';

type Node = WeightsGroup | WeightsRow;

interface WeightsViewOptions {
  readonly session: Pick<Session, 'documents' | 'documentId' | 'weightsOf'>;
  readonly sets: () => Promise<readonly StoredSet[]>;
}

const icons: Readonly<Record<'absent' | 'unfinished' | 'downloaded' | 'shipped', string>> = {
  absent: 'cloud',
  unfinished: 'cloud-download',
  downloaded: 'package',
  shipped: 'mortar-board',
};

/** What every network can run with: what is in use, what is downloaded, what could be. */
export class WeightsView extends ListView<Node> {
  private groups: readonly WeightsGroup[] = [];

  constructor(private readonly options: WeightsViewOptions) {
    super();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node) return node.kind === 'network' ? [...node.rows] : [];
    const { session, sets } = this.options;
    this.groups = weightsGroups({
      documents: session.documents.all,
      shown: session.documentId,
      weightsOf: (documentId) => session.weightsOf(documentId),
      sets: await sets(),
    });
    return [...this.groups];
  }

  getParent(node: Node): Node | undefined {
    return node.kind === 'network' ? undefined : this.group(node.documentId);
  }

  getTreeItem(node: Node): TreeItem {
    return node.kind === 'network' ? groupItem(node) : rowItem(node);
  }

  /** The weights of a network, where they are listed. */
  group(documentId: string): WeightsGroup | undefined {
    return this.groups.find((group) => group.documentId === documentId);
  }
}

function groupItem({ documentId, label, description, isShown }: WeightsGroup): TreeItem {
  const { Expanded, Collapsed } = TreeItemCollapsibleState;
  const item = new TreeItem(label, isShown ? Expanded : Collapsed);
  item.id = documentId;
  item.description = description;
  return item;
}

function rowItem(row: WeightsRow): TreeItem {
  const { documentId, label, description, tooltip, isInUse } = row;
  const item = new TreeItem(label);
  item.id = `${documentId}/${row.kind === 'published' ? row.entry.id : row.kind}`;
  item.description = description;
  item.tooltip = tooltip;
  item.iconPath = new ThemeIcon(isInUse ? 'check' : restingIcon(row));
  item.contextValue = row.kind === 'published' ? `set ${row.state}` : row.kind;
  if (isInUse) item.contextValue += ' inUse';
  item.accessibilityInformation = { label: `${label}, ${description}` };
  const command = useCommand(row);
  if (command && !isInUse) item.command = command;
  return item;
}

function restingIcon(row: WeightsRow): string {
  if (row.kind === 'published') return icons[row.state];
  return row.kind === 'random' ? 'sparkle' : 'file';
}

function useCommand(row: WeightsRow): Command | undefined {
  if (row.kind === 'published')
    return { command: 'alexnet.chooseWeights', title: 'Use', arguments: [row.entry.id] };
  if (row.kind === 'random')
    return { command: 'alexnet.useRandomSet', title: 'Use', arguments: [row.documentId] };
  return undefined;
}

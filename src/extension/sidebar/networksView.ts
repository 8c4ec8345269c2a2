import { ThemeIcon, TreeItem } from 'vscode';
import { networkRows, type NetworkRow } from '../../host/sidebar/networkRows';
import type { Session } from '../../host/session/session';
import { ListView } from './listView';

/** Every network; a click shows it in the panel. */
export class NetworksView extends ListView<NetworkRow> {
  constructor(private readonly session: Pick<Session, 'documents' | 'documentId'>) {
    super();
  }

  getChildren(): NetworkRow[] {
    return [...networkRows(this.session.documents.all, this.session.documentId)];
  }

  getTreeItem({ id, title, description, tooltip, isShown }: NetworkRow): TreeItem {
    const item = new TreeItem(title);
    item.id = id;
    item.description = description;
    item.tooltip = tooltip;
    item.iconPath = new ThemeIcon(isShown ? 'check' : 'type-hierarchy');
    const state = isShown ? ', shown' : '';
    item.accessibilityInformation = { label: `${title}${state}, ${description}` };
    item.command = { command: 'alexnet.selectVariant', title: 'Show', arguments: [id] };
    return item;
  }
}

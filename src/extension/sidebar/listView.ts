import type { Event, ProviderResult, TreeDataProvider, TreeItem } from 'vscode';
import { EventEmitter } from 'vscode';

/** A list of the side bar, which is read again as a whole. */
export abstract class ListView<Row> implements TreeDataProvider<Row> {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData: Event<void> = this.changed.event;

  abstract getChildren(row?: Row): ProviderResult<Row[]>;
  abstract getTreeItem(row: Row): TreeItem;

  refresh(): void {
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}

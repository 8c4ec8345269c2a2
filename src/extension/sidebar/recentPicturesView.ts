import { ThemeColor, ThemeIcon, TreeItem, Uri } from 'vscode';
import type { RecentPictures } from '../../host/sidebar/recentPictures';
import { recentRow, type RecentRow } from '../../host/sidebar/recentRows';
import { isThere } from '../files/fileRef';
import { ListView } from './listView';

/** The pictures that were classified last; a click classifies one again. */
export class RecentPicturesView extends ListView<RecentRow> {
  constructor(private readonly recent: Pick<RecentPictures, 'all'>) {
    super();
  }

  getChildren(): Promise<RecentRow[]> {
    return Promise.all(
      this.recent.all.map(async (picture) =>
        recentRow(picture, await isThere(Uri.parse(picture.uri))),
      ),
    );
  }

  getTreeItem({ uri, name, description, tooltip, isBroken }: RecentRow): TreeItem {
    const item = new TreeItem(name);
    const address = Uri.parse(uri);
    item.id = uri;
    item.description = description;
    item.tooltip = tooltip;
    // With its address, VS Code gives the icon of the file's kind.
    item.resourceUri = address;
    item.iconPath = isBroken
      ? new ThemeIcon('warning', new ThemeColor('list.warningForeground'))
      : ThemeIcon.File;
    item.contextValue = 'picture';
    item.accessibilityInformation = { label: `${name}, ${description}` };
    item.command = { command: 'alexnet.classifyImage', title: 'Classify', arguments: [address] };
    return item;
  }
}

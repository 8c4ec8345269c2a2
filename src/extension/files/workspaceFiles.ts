import { RelativePattern, Uri, workspace } from 'vscode';
import type { FileWatching } from '../../host/upToDate/watchedFile';
import type { FileRef } from '../../host/fileRef';
import { fileRef } from './fileRef';
import { log } from '../say/log';

/** Files of VS Code's file systems, watched one by one. */
export const workspaceFiles: FileWatching & { at(uri: string): FileRef } = {
  at: (uri) => fileRef(Uri.parse(uri)),
  stamp: async ({ uri }) => {
    try {
      const { mtime, size } = await workspace.fs.stat(Uri.parse(uri));
      return `${mtime} ${size}`;
    } catch (error) {
      log.debug(`${uri}: ${String(error)}`);
      return undefined;
    }
  },
  watch: ({ uri, name }, onEvent) => {
    const folder = Uri.joinPath(Uri.parse(uri), '..');
    const watcher = workspace.createFileSystemWatcher(
      new RelativePattern(folder, name.replace(/[[\]{}*?]/g, '[$&]')),
    );
    watcher.onDidCreate(onEvent);
    watcher.onDidChange(onEvent);
    watcher.onDidDelete(onEvent);
    return watcher;
  },
};

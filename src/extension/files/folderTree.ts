import type { Uri } from 'vscode';
import { FileType, Uri as uris, workspace } from 'vscode';
import type { FolderTree } from '../../host/evaluate/labelledFolder';
import { fileRef, readFolder } from './fileRef';

/** A folder of VS Code's file systems, for the host. */
export function folderTree(folder: Uri): FolderTree {
  return {
    label: workspace.asRelativePath(folder),
    list: async (path) =>
      (await readFolder(uris.joinPath(folder, ...path))).map(([name, type]) => ({
        name,
        isFolder: (type & FileType.Directory) !== 0,
      })),
    file: (path) => fileRef(uris.joinPath(folder, ...path)),
  };
}

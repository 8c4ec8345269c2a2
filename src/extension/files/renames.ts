import { Uri, workspace, type Disposable } from 'vscode';
import type { Moved } from '../../host/fileRef';
import { fileRef } from './fileRef';

interface Follower {
  rename(moved: Moved): void;
}

/** Tells of files and folders that a person renames or moves in VS Code. */
export function followRenames(...followers: readonly Follower[]): Disposable {
  return workspace.onDidRenameFiles(({ files }) => {
    const moves = files.map(
      ({ oldUri, newUri }) => [oldUri.toString(), newUri.toString()] as const,
    );
    const moved: Moved = (uri) => {
      const move = moves.find(([from]) => uri === from || uri.startsWith(`${from}/`));
      if (!move) return undefined;
      const [from, to] = move;
      return fileRef(Uri.parse(to + uri.slice(from.length)));
    };
    for (const follower of followers) follower.rename(moved);
  });
}

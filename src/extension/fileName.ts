import type { Uri } from 'vscode';

/** The last part of a path, for messages. */
export function fileName(uri: Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}

import type { FileStat, Uri } from 'vscode';
import { FileSystemError, FileType, workspace } from 'vscode';
import type { FileRef } from '../../host/fileRef';

/** The last part of a path, for messages. */
export function fileName(uri: Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}

/** A file of VS Code's file systems, for the host. */
export function fileRef(uri: Uri): FileRef {
  return {
    uri: uri.toString(),
    name: fileName(uri),
    label: workspace.asRelativePath(uri),
    path: uri.scheme === 'file' ? uri.fsPath : undefined,
    size: async () => (await statFile(uri)).size,
    read: () => explained(uri, () => workspace.fs.readFile(uri)),
  };
}

/** What VS Code says of a file; a folder or a missing file is an error with its name in front. */
async function statFile(uri: Uri): Promise<FileStat> {
  const stat = await explained(uri, () => workspace.fs.stat(uri));
  if (stat.type & FileType.Directory)
    throw new Error(`${fileName(uri)} is a folder; choose a file in it`);
  return stat;
}

export async function isFolder(uri: Uri): Promise<boolean> {
  const { type } = await explained(uri, () => workspace.fs.stat(uri));
  return (type & FileType.Directory) !== 0;
}

/** Whether there is a file or a folder; also where one may not look. */
export async function isThere(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch (error) {
    return !(error instanceof FileSystemError) || error.code !== 'FileNotFound';
  }
}

export function readFolder(uri: Uri): Promise<[string, FileType][]> {
  return explained(uri, () => workspace.fs.readDirectory(uri));
}

async function explained<T>(uri: Uri, work: () => Thenable<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Error(`${fileName(uri)} ${reason(error)}`, { cause: error });
  }
}

function reason(error: unknown): string {
  if (!(error instanceof FileSystemError)) return `could not be read: ${String(error)}`;
  switch (error.code) {
    case 'FileNotFound':
      return 'is not there any more';
    case 'NoPermissions':
      return 'may not be read: permission denied';
    default:
      return `could not be read: ${error.message}`;
  }
}

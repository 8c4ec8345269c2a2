import { randomBytes } from 'node:crypto';
import type { Uri } from 'vscode';
import { FileSystemError, FileType, Uri as uris, workspace } from 'vscode';
import { fileName } from '../files/fileRef';
import { log } from '../say/log';

const nameBytes = 4;

/** Writes a file whole or not at all: beside its place first, then under its name. */
export async function saveFile(uri: Uri, bytes: Uint8Array): Promise<void> {
  const name = fileName(uri);
  // To put a file in a folder's place would take all that is in the folder with it.
  if (await isFolder(uri)) throw new Error(`${name} is a folder; choose another name`);
  const suffix = randomBytes(nameBytes).toString('hex');
  const beside = uris.joinPath(uri, '..', `.${name}.${suffix}.part`);
  try {
    await workspace.fs.writeFile(beside, bytes);
    await workspace.fs.rename(beside, uri, { overwrite: true });
  } catch (error) {
    await remove(beside);
    throw new Error(`${name} could not be written: ${reason(error)}`, { cause: error });
  }
}

async function isFolder(uri: Uri): Promise<boolean> {
  try {
    const { type } = await workspace.fs.stat(uri);
    return (type & FileType.Directory) !== 0;
  } catch {
    // What cannot be looked at is met again when it is written.
    return false;
  }
}

async function remove(uri: Uri): Promise<void> {
  try {
    await workspace.fs.delete(uri);
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileNotFound') return;
    log.warn(`${fileName(uri)} stays behind: ${String(error)}`);
  }
}

function reason(error: unknown): string {
  if (error instanceof FileSystemError && error.code === 'NoPermissions') {
    return 'permission denied; choose another folder';
  }
  return error instanceof Error ? error.message : String(error);
}

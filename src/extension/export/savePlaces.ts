import type { Uri } from 'vscode';
import { Uri as uris, commands, window, workspace } from 'vscode';
import type { Origin } from '../../network/modelDocument';
import { dialogueFilters, type FileFormat } from '../../host/export/fileFormats';
import { chooseSavePlace } from '../pick/choose';
import { unawaited } from '../say/unawaited';
import { saveFile } from './saveFile';

/** Where a file should go, and what it may be. */
export interface Place {
  readonly title: string;
  /** Of the file, with its end. */
  readonly name: string;
  readonly formats: readonly FileFormat[];
  /** What it was made of: its folder is suggested where nothing was written yet. */
  readonly of?: Origin;
}

/** Asks where files should go, beginning where the last one went, and writes them there. */
export class SavePlaces {
  /** Of the last file that was written. */
  private folder: Uri | undefined;

  /** Undefined where the person thinks better of it. */
  async ask({ title, name, formats, of }: Place): Promise<Uri | undefined> {
    const folder = this.folder ?? folderOf(of) ?? workspace.workspaceFolders?.[0]?.uri;
    return await chooseSavePlace({ title, name, folder, filters: dialogueFilters(formats) });
  }

  /** `more` says what else was written. */
  async save(uri: Uri, bytes: Uint8Array, more = ''): Promise<Uri> {
    await saveFile(uri, bytes);
    this.folder = uris.joinPath(uri, '..');
    tell(uri, more);
    return uri;
  }
}

/** Of a model's file on this machine. */
function folderOf(origin: Origin | undefined): Uri | undefined {
  if (origin?.kind !== 'file') return undefined;
  const uri = uris.parse(origin.uri);
  return uri.scheme === 'file' ? uris.joinPath(uri, '..') : undefined;
}

/** Says where the file went; nobody waits for the answer. */
function tell(uri: Uri, more: string): void {
  unawaited(
    window
      .showInformationMessage(`Saved ${workspace.asRelativePath(uri)}${more}.`, 'Open')
      .then((choice) => choice && commands.executeCommand('vscode.open', uri)),
  );
}

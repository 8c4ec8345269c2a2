import { homedir } from 'node:os';
import { Uri, window, workspace } from 'vscode';
import type { ModelDocument } from '../../network/modelDocument';
import type { FileRef } from '../../host/fileRef';
import { documentFileName } from '../../protocol/exportName';
import { fileRef } from '../files/fileRef';
import { pictureExtensions } from '../../host/pictures/pictureNames';
import { weightsEndings, weightsExtensions } from '../../host/weights/weightsEndings';
import { saveFilters } from '../../host/weights/saveTarget';

/** Of Keras, ONNX and TensorFlow.js (model.json), with their layers. */
const modelExtensions = [...weightsEndings.Keras, ...weightsEndings.ONNX, 'json'];

/** Asks for pictures; undefined when the person thinks better of it. */
export async function chooseImages(): Promise<readonly FileRef[] | undefined> {
  const uris = await window.showOpenDialog({
    title: 'Classify Image',
    openLabel: 'Classify',
    canSelectMany: true,
    filters: { Pictures: pictureExtensions, 'All files': ['*'] },
  });
  return uris?.map(fileRef);
}

/** Asks for a folder of pictures, for what a button says; undefined when the person thinks better of it. */
export async function chooseFolder(title: string, openLabel: string): Promise<Uri | undefined> {
  const uris = await window.showOpenDialog({
    title,
    openLabel,
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return uris?.[0];
}

export async function chooseWeightsFile(): Promise<FileRef | undefined> {
  const uris = await window.showOpenDialog({
    title: 'Load Weights',
    openLabel: 'Load',
    filters: { 'Files of weights': [...weightsExtensions], 'All files': ['*'] },
  });
  return uris?.[0] && fileRef(uris[0]);
}

/** Asks for a file of a whole model; undefined when the person thinks better of it. */
export async function chooseModelFile(): Promise<Uri | undefined> {
  const uris = await window.showOpenDialog({
    title: 'Open Model',
    openLabel: 'Open',
    filters: { Models: modelExtensions, 'All files': ['*'] },
  });
  return uris?.[0];
}

/** Asks for a file of names of classes; undefined when the person thinks better of it. */
export async function chooseLabelsFile(): Promise<FileRef | undefined> {
  const uris = await window.showOpenDialog({
    title: 'Choose Labels',
    openLabel: 'Choose',
    filters: { 'Names of classes': ['txt', 'json', 'csv', 'names'], 'All files': ['*'] },
  });
  return uris?.[0] && fileRef(uris[0]);
}

/** What to ask a person where to save something. */
export interface SaveQuestion {
  readonly title: string;
  /** Of the file, with its ending. */
  readonly name: string;
  /** Where to begin; the home folder where there is none. */
  readonly folder: Uri | undefined;
  /** Endings by the formats' names. */
  readonly filters: Readonly<Record<string, string[]>>;
}

/** Where to save something; undefined when the person thinks better of it. */
export async function chooseSavePlace({
  title,
  name,
  folder = Uri.file(homedir()),
  filters,
}: SaveQuestion): Promise<Uri | undefined> {
  return await window.showSaveDialog({
    title,
    saveLabel: 'Save',
    defaultUri: Uri.joinPath(folder, name),
    filters,
  });
}

/** Where to save weights: on this machine, since the engine writes them. */
export async function chooseWeightsPlace(document: ModelDocument): Promise<Uri | undefined> {
  return await chooseSavePlace({
    title: 'Save Weights',
    name: `${documentFileName(document)}.safetensors`,
    folder: workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri,
    filters: saveFilters,
  });
}

/** Asks which network to show; gives its id. */
export async function chooseDocument(
  documents: readonly ModelDocument[],
  shown: string,
): Promise<string | undefined> {
  const items = documents.map(({ id, title, description }) => ({
    id,
    label: title,
    description: id === shown ? 'shown' : '',
    detail: description,
  }));
  const item = await window.showQuickPick(items, { title: 'Select Network', matchOnDetail: true });
  return item?.id;
}

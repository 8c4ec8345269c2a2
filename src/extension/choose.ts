import { homedir } from 'node:os';
import { Uri, window, workspace } from 'vscode';
import type { VariantId } from '../network/variants/variant';
import { variantIds } from '../network/variants/variant';
import { variants } from '../network/variants/variants';
import { pictureExtensions } from './pictures/pictureExtensions';
import { saveFilters } from './weights/saveTarget';

/** Of PyTorch, Keras, ONNX, NumPy, Caffe, Deep Compression and TensorFlow.js (model.json). */
const weightsExtensions = [
  'safetensors',
  'pth',
  'pt',
  'keras',
  'h5',
  'onnx',
  'npz',
  'net',
  'caffemodel',
  'json',
];

/** Asks for pictures; undefined when the person thinks better of it. */
export async function chooseImages(): Promise<readonly Uri[] | undefined> {
  return await window.showOpenDialog({
    title: 'Classify Image',
    openLabel: 'Classify',
    canSelectMany: true,
    filters: { Pictures: pictureExtensions, 'All files': ['*'] },
  });
}

/** Asks for a folder of pictures; undefined when the person thinks better of it. */
export async function chooseFolder(): Promise<Uri | undefined> {
  const uris = await window.showOpenDialog({
    title: 'Classify Folder',
    openLabel: 'Classify',
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return uris?.[0];
}

export async function chooseWeightsFile(): Promise<Uri | undefined> {
  const uris = await window.showOpenDialog({
    title: 'Load Weights',
    openLabel: 'Load',
    filters: { 'Files of weights': weightsExtensions, 'All files': ['*'] },
  });
  return uris?.[0];
}

/** Where to save weights; undefined when the person thinks better of it. */
export async function chooseSavePlace(variant: VariantId): Promise<Uri | undefined> {
  const folder = workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
  const place = folder ?? Uri.file(homedir());
  return await window.showSaveDialog({
    title: 'Save Weights',
    saveLabel: 'Save',
    defaultUri: Uri.joinPath(place, `alexnet-${variant}.safetensors`),
    filters: saveFilters,
  });
}

export async function chooseVariant(shown: VariantId): Promise<VariantId | undefined> {
  const items = variantIds.map((id) => ({
    id,
    label: variants[id].title,
    description: id === shown ? 'shown' : '',
    detail: variants[id].description,
  }));
  const item = await window.showQuickPick(items, { title: 'Select Variant', matchOnDetail: true });
  return item?.id;
}

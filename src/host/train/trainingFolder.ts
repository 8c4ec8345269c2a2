import type { ClassLabels } from '../../network/modelDocument';
import type { TrainingData } from '../../protocol/training';
import { folderClasses } from '../evaluate/folderClasses';
import { foldersIn, isCalled, type FolderTree } from '../evaluate/labelledFolder';
import { someNames } from '../evaluate/labelFolder';
import { pictureNames } from '../pictures/pictureNames';

/** A picture of a folder that is trained on. */
export interface FolderPicture {
  /** Below the folder. */
  readonly path: readonly string[];
  /** Of its class among the folder's. */
  readonly index: number;
}

/** Where the pictures of a training lie, by class. */
export interface TrainingFolder {
  /** As a person would say it. */
  readonly label: string;
  /** The names of the folders, in the order of the classes. */
  readonly folders: readonly string[];
  readonly labels: ClassLabels;
  readonly pictures: readonly FolderPicture[];
  /** Those of `val`, where the folder has it. */
  readonly ownHeldOut: readonly FolderPicture[] | undefined;
}

/** Reads a folder of pictures by class, or `train` and `val` below it. Throws, in a sentence, what cannot be trained on. */
export async function readTrainingFolder(
  tree: FolderTree,
  known: ClassLabels,
): Promise<TrainingFolder> {
  const below = await foldersIn(tree, []);
  const [train, val] = ['train', 'val'].map((part) => below.find((name) => isCalled(name, part)));
  const path = train === undefined ? [] : [train];
  const folders = (train === undefined ? below : await foldersIn(tree, path)).toSorted();
  const where = [tree.label, ...path].join('/');
  if (folders.length < 2) throw new Error(await tooFewWords(tree, path, folders, where));
  const pictures = await picturesIn(tree, path, folders);
  const empty = folders.filter((_, index) => pictures.every((picture) => picture.index !== index));
  if (empty.length > 0) {
    throw new Error(
      `${where} cannot be trained on: ${someNames(empty)} ${empty.length === 1 ? 'holds' : 'hold'} no pictures; put some in, or take ${empty.length === 1 ? 'the folder' : 'the folders'} away`,
    );
  }
  const labels = classLabels(folders, known, tree.label);
  const own = train !== undefined && val !== undefined ? await heldOut(tree, val, folders) : [];
  return {
    label: tree.label,
    folders,
    labels,
    pictures,
    ownHeldOut: own.length > 0 ? own : undefined,
  };
}

/** What the page is told of a folder. */
export function trainingData({ labels, pictures, ownHeldOut }: TrainingFolder): TrainingData {
  const counts = labels.names.map(() => 0);
  for (const { index } of pictures) counts[index] = (counts[index] ?? 0) + 1;
  return {
    classes: labels.names.map((label, index) => ({ label, pictures: counts[index] ?? 0 })),
    pictures: pictures.length,
    ownHeldOut: ownHeldOut?.length,
    broken: [],
  };
}

async function picturesIn(
  tree: FolderTree,
  path: readonly string[],
  folders: readonly string[],
): Promise<readonly FolderPicture[]> {
  const found: FolderPicture[] = [];
  for (const [index, folder] of folders.entries()) {
    const within = [...path, folder];
    const files = (await tree.list(within)).filter(({ isFolder }) => !isFolder);
    const names = pictureNames(files.map(({ name }) => name));
    found.push(...names.map((name) => ({ path: [...within, name], index })));
  }
  return found;
}

async function heldOut(
  tree: FolderTree,
  val: string,
  folders: readonly string[],
): Promise<readonly FolderPicture[]> {
  const own = await foldersIn(tree, [val]);
  const foreign = own.filter((name) => !folders.includes(name));
  if (foreign.length > 0) {
    throw new Error(
      `${tree.label}/${val} has ${someNames(foreign)}, which its train does not have: name the folders of both alike`,
    );
  }
  const all = await picturesIn(
    tree,
    [val],
    folders.filter((name) => own.includes(name)),
  );
  return all.map(({ path }) => ({ path, index: folders.indexOf(path.at(-2) ?? '') }));
}

async function tooFewWords(
  tree: FolderTree,
  path: readonly string[],
  folders: readonly string[],
  where: string,
): Promise<string> {
  const advice =
    'put the pictures of each class into a folder of their own that is named after the class';
  const [only] = folders;
  if (only !== undefined) {
    return `${where} cannot be trained on: it has one class, ${only}, and there is nothing to tell it from; ${advice}`;
  }
  const loose = pictureNames((await tree.list(path)).map(({ name }) => name)).length;
  const why = loose > 0 ? 'its pictures lie in no folders of classes' : 'it holds no folders';
  return `${where} cannot be trained on: ${why}; ${advice}`;
}

/** The folders' names, or those of the known classes that they name by WordNet id or label; a number is a name here. */
function classLabels(folders: readonly string[], known: ClassLabels, source: string): ClassLabels {
  const { synsets = [], names } = known;
  const { named } = folderClasses(
    folders.filter((folder) => !/^\d+$/.test(folder)),
    known,
    names.length,
  );
  const indices = new Map(named.map(({ folder, index }) => [folder, index]));
  const found = folders.map((folder) => indices.get(folder) ?? -1);
  const isOnce = (index: number): boolean => found.filter((other) => other === index).length === 1;
  const labels = folders.map((folder, at) => {
    const index = found[at] ?? -1;
    return index >= 0 && isOnce(index) ? (names[index] ?? folder) : folder;
  });
  const ids = found.flatMap((index) => synsets[index] ?? []);
  const areKnown = ids.length === folders.length && found.every(isOnce);
  return {
    // Two classes of one name could not be told apart.
    names: new Set(labels).size === labels.length ? labels : folders,
    ...(areKnown && { synsets: ids }),
    source,
  };
}

import type { FileRef } from '../fileRef';
import { pictureNames } from '../pictures/pictureNames';
import type { NamedClass } from './folderClasses';

/** A folder wherever it lies, and what is in it: who made this knows how to look. */
export interface FolderTree {
  /** As a person would say it. */
  readonly label: string;
  list(path: readonly string[]): Promise<readonly FolderEntry[]>;
  file(path: readonly string[]): FileRef;
}

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** Where the folders of classes lie. */
export interface ClassFolders {
  /** From the folder that was named: none, or `val`. */
  readonly path: readonly string[];
  readonly names: readonly string[];
}

/** Finds the folders of classes: in `val` where a folder has `train` and `val`. Throws where there are none. */
export async function findClassFolders(tree: FolderTree): Promise<ClassFolders> {
  const names = await foldersIn(tree, []);
  const [train, val] = ['train', 'val'].map((part) => names.find((name) => isCalled(name, part)));
  const path = train !== undefined && val !== undefined ? [val] : [];
  const found = path.length > 0 ? await foldersIn(tree, path) : names;
  if (found.length > 0) return { path, names: found };
  const where = [tree.label, ...path].join('/');
  const pictures = pictureNames((await tree.list(path)).map(({ name }) => name)).length;
  const why = pictures > 0 ? 'its pictures lie in no folders of classes' : 'it holds no folders';
  throw new Error(
    `${where} cannot be evaluated: ${why}; put the pictures of each class into a folder of their own that is named after the class`,
  );
}

/** The folders in a folder, hidden ones left out. */
export async function foldersIn(
  tree: FolderTree,
  path: readonly string[],
): Promise<readonly string[]> {
  const entries = await tree.list(path);
  return entries
    .filter(({ name, isFolder }) => isFolder && !name.startsWith('.'))
    .map(({ name }) => name);
}

/** Whether a folder has this name, whatever its case. */
export function isCalled(name: string, wanted: string): boolean {
  return name.toLowerCase() === wanted;
}

/** Pictures of one class in a folder. */
export interface ClassFolder {
  /** Of its class. */
  readonly index: number;
  readonly path: readonly string[];
  /** Of its pictures. */
  readonly names: readonly string[];
}

/** Pictures with their true classes, numbered. Names only, since there may be 50,000. */
export class LabelledPictures {
  /** The true classes, each once, by index. */
  readonly classes: readonly number[];
  /** The place of each picture's folder. */
  private readonly places: Uint32Array;
  /** The number of each folder's first picture. */
  private readonly firsts: readonly number[];

  private constructor(
    private readonly tree: FolderTree,
    private readonly folders: readonly ClassFolder[],
  ) {
    this.classes = [...new Set(folders.map(({ index }) => index))].sort((a, b) => a - b);
    const firsts: number[] = [];
    let size = 0;
    for (const { names } of folders) {
      firsts.push(size);
      size += names.length;
    }
    this.firsts = firsts;
    this.places = new Uint32Array(size);
    folders.forEach(({ names }, place) => {
      const first = firsts[place] ?? 0;
      this.places.fill(place, first, first + names.length);
    });
  }

  /** Pictures that are known by name. */
  static of(tree: FolderTree, folders: readonly ClassFolder[]): LabelledPictures {
    return new LabelledPictures(tree, folders);
  }

  /** The pictures directly in these folders. Throws where there is none. */
  static async read(
    tree: FolderTree,
    path: readonly string[],
    classes: readonly NamedClass[],
    signal?: AbortSignal,
  ): Promise<LabelledPictures> {
    const folders: ClassFolder[] = [];
    for (const { folder, index } of classes) {
      signal?.throwIfAborted();
      const within = [...path, folder];
      const files = (await tree.list(within)).filter(({ isFolder }) => !isFolder);
      const names = pictureNames(files.map(({ name }) => name));
      if (names.length > 0) folders.push({ index, path: within, names });
    }
    if (folders.length > 0) return new LabelledPictures(tree, folders);
    throw new Error(`the folders of classes in ${tree.label} hold no pictures`);
  }

  get size(): number {
    return this.places.length;
  }

  file(picture: number): FileRef {
    return this.tree.file(this.path(picture));
  }

  truth(picture: number): number {
    return this.folderOf(picture).index;
  }

  /** The picture's path below the folder that was named. */
  name(picture: number): string {
    return this.path(picture).join('/');
  }

  /** All pictures, one of each folder in turn: what is done when it is stopped is a fair part of the whole. */
  get inTurn(): Uint32Array {
    const order = new Uint32Array(this.size);
    const most = this.folders.reduce((largest, { names }) => Math.max(largest, names.length), 0);
    let at = 0;
    for (let round = 0; round < most; round++) {
      this.folders.forEach(({ names }, place) => {
        if (round < names.length) order[at++] = (this.firsts[place] ?? 0) + round;
      });
    }
    return order;
  }

  private path(picture: number): readonly string[] {
    const { path, names } = this.folderOf(picture);
    const first = this.firsts[this.places[picture] ?? 0] ?? 0;
    return [...path, names[picture - first] ?? ''];
  }

  private folderOf(picture: number): ClassFolder {
    const folder = this.folders[this.places[picture] ?? -1];
    if (folder) return folder;
    throw new Error(`there is no picture ${picture} in this evaluation`);
  }
}

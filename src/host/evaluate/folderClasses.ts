import { labelOf, type ClassLabels } from '../../network/modelDocument';

/** The class that a folder's name says. */
export interface NamedClass {
  readonly folder: string;
  readonly index: number;
}

/** A name that several classes share, such as "crane". */
export interface SharedName {
  readonly folder: string;
  /** The classes by index. */
  readonly indices: readonly number[];
}

/** What folders' names say of their classes: nothing is guessed. */
export interface FolderClasses {
  readonly named: readonly NamedClass[];
  readonly shared: readonly SharedName[];
  /** Those that name no class. */
  readonly unknown: readonly string[];
}

/** By WordNet id, by index of one of so many classes, or by any of a class's names, whatever their case and spaces. */
export function folderClasses(
  folders: readonly string[],
  labels: ClassLabels,
  classes: number,
): FolderClasses {
  const meanings = meaningsOf(labels, classes);
  const read = folders.map((folder) => ({
    folder,
    indices: [...(meanings.get(wordsOf(folder)) ?? [])],
  }));
  return {
    named: read.flatMap(({ folder, indices: [index, ...others] }) =>
      index !== undefined && others.length === 0 ? [{ folder, index }] : [],
    ),
    shared: read.filter(({ indices }) => indices.length > 1),
    unknown: read.filter(({ indices }) => indices.length === 0).map(({ folder }) => folder),
  };
}

/** A class as a person can tell it from one of the same name: `crane (n02012849, class 134)`. */
export function className(labels: ClassLabels, index: number): string {
  const synset = labels.synsets?.[index];
  const marks = [...(synset === undefined ? [] : [synset]), `class ${index}`];
  return `${labelOf(labels, index)} (${marks.join(', ')})`;
}

/** Every text that names classes, with the classes that it names. */
function meaningsOf(
  { names, synsets = [] }: ClassLabels,
  classes: number,
): ReadonlyMap<string, ReadonlySet<number>> {
  const meanings = new Map<string, Set<number>>();
  const add = (text: string, index: number): void => {
    const words = wordsOf(text);
    if (words === '') return;
    meanings.set(words, (meanings.get(words) ?? new Set<number>()).add(index));
  };
  for (let index = 0; index < classes; index++) add(String(index), index);
  names.slice(0, classes).forEach((label, index) => {
    for (const text of [label, ...label.split(',')]) add(text, index);
  });
  synsets.slice(0, classes).forEach((synset, index) => add(synset, index));
  return meanings;
}

/** Case, underlines and spaces tell no two names apart. */
function wordsOf(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '');
}

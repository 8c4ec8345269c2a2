import { classReading } from '../../network/classReading';
import type { ClassLabels, ModelDocument } from '../../network/modelDocument';
import { layerNamed } from '../../network/network';
import { elementCount } from '../../network/tensor/shape';
import { className, folderClasses, type NamedClass, type SharedName } from './folderClasses';
import { findClassFolders, LabelledPictures, type FolderTree } from './labelledFolder';

/** Pictures of known classes, ready to be evaluated. */
export interface Labelled {
  /** What a person calls the folder. */
  readonly folder: string;
  readonly pictures: LabelledPictures;
  /** Folders in it that are not evaluated. */
  readonly leftOut: readonly string[];
}

/** What is asked where names do not say everything; undefined ends it all. */
export interface ClassQuestions {
  readonly choose: (
    shared: SharedName,
    labels: ClassLabels,
  ) => Promise<number | 'leaveOut' | undefined>;
  /** Whether to go on without folders that name no class. */
  readonly leaveOut: (
    unknown: readonly string[],
    labels: ClassLabels,
  ) => Promise<boolean | undefined>;
}

/** For those whom nobody can ask: throws what is unclear, in a sentence. */
export const noQuestions: ClassQuestions = {
  choose: ({ folder, indices }, labels) => {
    const classes = indices.map((index) => className(labels, index)).join(' and ');
    return Promise.reject(
      new Error(`the folder ${folder} names ${classes}; name it by WordNet id or class index`),
    );
  },
  leaveOut: (unknown, labels) => Promise.reject(new Error(noClassWords(unknown, labels))),
};

/** The first names of a list, and how many more there are. */
export function someNames(names: readonly string[]): string {
  const most = 8;
  const rest = names.length - most;
  return names.slice(0, most).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** A sentence about folders that name no class. */
export function noClassWords(
  unknown: readonly string[],
  { source, names, from }: ClassLabels,
): string {
  const what = unknown.length === 1 ? 'the folder' : 'the folders';
  const verb = unknown.length === 1 ? 'names' : 'name';
  if (from === 'numbers') {
    const range = `0 to ${names.length - 1}`;
    return `${what} ${someNames(unknown)} ${verb} no class: nothing says what they are called, so that a name is a class index (${range}); or choose labels for the network`;
  }
  return `${what} ${someNames(unknown)} ${verb} no class of ${source}; a name is a WordNet id (n01440764), a label (tench) or a class index (0)`;
}

/** Finds the classes and pictures of a labelled folder; undefined only where the person thinks better of it. */
export async function labelFolder(
  tree: FolderTree,
  { network, labels }: ModelDocument,
  questions: ClassQuestions,
  signal?: AbortSignal,
): Promise<Labelled | undefined> {
  const reading = classReading(network);
  if (reading.kind === 'none') throw new Error(reading.why);
  const { path, names } = await findClassFolders(tree);
  signal?.throwIfAborted();
  const [output = ''] = network.outputs;
  const classes = elementCount(layerNamed(network, output).outputShape);
  const { named, shared, unknown } = folderClasses(names, labels, classes);
  if (named.length + shared.length === 0) throw new Error(noClassWords(unknown, labels));
  if (unknown.length > 0 && !(await questions.leaveOut(unknown, labels))) return undefined;
  const chosen: NamedClass[] = [];
  const leftOut = [...unknown];
  for (const each of shared) {
    const answer = await questions.choose(each, labels);
    if (answer === undefined) return undefined;
    if (answer === 'leaveOut') leftOut.push(each.folder);
    else chosen.push({ folder: each.folder, index: answer });
  }
  const all = [...named, ...chosen];
  const pictures = await LabelledPictures.read(tree, path, all, signal);
  return { folder: [tree.label, ...path].join('/'), pictures, leftOut };
}

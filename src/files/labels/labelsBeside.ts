import type { ClassLabels } from '../../network/modelDocument';
import type { FindBeside } from '../bytes/findBeside';
import { listedLabels } from '../../network/classLabels';
import { WeightsError } from '../bytes/weightsError';
import { maxLabelsBytes, readNames } from './readNames';

/** Where the names of classes lie beside weights, the likeliest first; `config.json` is Hugging Face's. */
const usualNames = [
  ...['labels.txt', 'classes.txt', 'class_names.txt', 'categories.txt', 'names.txt'],
  ...['labels.json', 'classes.json', 'class_names.json', 'class_indices.json'],
  ...['class_to_idx.json', 'idx_to_class.json', 'id2label.json', 'metadata.json', 'config.json'],
  ...['imagenet_classes.txt', 'imagenet_class_index.json', 'synset_words.txt', 'synset.txt'],
  ...['ImageNetLabels.txt', 'imagenet-simple-labels.json'],
];

/** What the classes of a network are called, as far as that is known. */
export interface FoundLabels {
  readonly labels?: ClassLabels;
  /** Why what lies beside the weights does not name them, in a sentence. */
  readonly remark?: string;
}

/** The names of so many classes in a file beside that of weights, called `name`; empty for any. */
export async function labelsBeside(
  findBeside: FindBeside,
  name: string,
  classes: number,
): Promise<FoundLabels> {
  const stem = name.replace(/(\.(pth|weights|model))?\.\w+$/, '');
  const ends = stem === '' ? [] : ['.labels.txt', '.classes.txt', '.txt', '.labels.json'];
  const own = ends.map((end) => stem + end);
  let remark: string | undefined;
  for (const source of [...own, ...usualNames]) {
    const names = await namesIn(findBeside, source);
    if (!names) continue;
    if (names.length === classes)
      return { labels: listedLabels(names, { source, from: 'beside' }) };
    remark ??= `${source} beside it names ${names.length} classes, but the network has ${classes}: they are numbered.`;
  }
  return remark === undefined ? {} : { remark };
}

/** Undefined where there is no such file, or none of names. */
async function namesIn(
  findBeside: FindBeside,
  name: string,
): Promise<readonly string[] | undefined> {
  const source = await findBeside(name);
  if (!source) return undefined;
  try {
    if (source.size > maxLabelsBytes) return undefined;
    return await readNames(source, name);
  } catch (error) {
    // What is no JSON names no classes.
    if (error instanceof WeightsError) return undefined;
    throw error;
  } finally {
    await source.close();
  }
}

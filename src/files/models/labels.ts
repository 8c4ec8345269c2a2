import type { ClassLabels } from '../../network/modelDocument';
import { bytesSource } from '../bytes/byteSource';
import type { ByteSource } from '../bytes/byteSource';
import { fieldsOf, readSmallJson } from '../containers/smallJson';

/** Opens a file of the same folder; undefined where there is none. */
export type FindBeside = (name: string) => Promise<ByteSource | undefined>;

/** Bound of a list of names: ImageNet-21k's has 600 kB. */
const maxBytes = 2 ** 21;

/** Files beside a model that commonly hold the names of its classes, and where in a JSON they are. */
const lists: readonly (readonly [file: string, ...keys: string[]])[] = [
  ['labels.txt'],
  ['classes.txt'],
  ['class_names.txt'],
  ['labels.json'],
  ['class_names.json'],
  ['class_indices.json'],
  ['metadata.json', 'labels', 'class_names', 'names'],
  ['config.json', 'id2label'],
];
const metadataKeys = ['labels', 'class_names', 'classNames', 'names', 'classes'];

/**
 * The names of a model's classes, from the file itself or from one beside it that has as many names as there are classes;
 * none where there is no such list.
 */
export async function findLabels(
  classes: number,
  metadata: unknown,
  findBeside: FindBeside,
): Promise<ClassLabels> {
  const own = namesAt(metadata, metadataKeys);
  if (own?.length === classes) return { names: own, source: 'the model’s own file' };
  for (const [file, ...keys] of lists) {
    const source = await findBeside(file);
    if (!source) continue;
    try {
      const names = await namesIn(source, file, keys);
      if (names?.length === classes) return { names, source: file };
    } finally {
      await source.close();
    }
  }
  return { names: [], source: 'numbered: neither the file nor its folder names them' };
}

async function namesIn(
  source: ByteSource,
  file: string,
  keys: readonly string[],
): Promise<readonly string[] | undefined> {
  if (source.size > maxBytes) return undefined;
  const bytes = await source.read(0, source.size);
  if (file.endsWith('.txt')) return linesOf(new TextDecoder().decode(bytes));
  const value = await readSmallJson(bytesSource(bytes), maxBytes);
  return keys.length === 0 ? namesOf(value) : namesAt(value, keys);
}

/** A name a line; a number before each, as Teachable Machine writes it, is left out where every line has its own. */
function linesOf(text: string): readonly string[] {
  const lines = text.replace(/\s+$/, '').split(/\r?\n/);
  const isNumbered = lines.every((line, at) => new RegExp(`^${at}[ ,:\t]`).test(line));
  return lines.map((line) => (isNumbered ? line.replace(/^\d+[ ,:\t]+/, '') : line).trim());
}

function namesAt(value: unknown, keys: readonly string[]): readonly string[] | undefined {
  const fields = fieldsOf(value) ?? {};
  for (const key of keys) {
    const names = namesOf(fields[key]);
    if (names) return names;
  }
  return undefined;
}

/** A list of names, names by index, or indices by name as Keras' generators have them. */
function namesOf(value: unknown): readonly string[] | undefined {
  if (Array.isArray(value)) return allTexts(value);
  const entries = Object.entries(fieldsOf(value) ?? {});
  if (entries.length === 0) return undefined;
  const byIndex = entries.every(([, index]) => typeof index === 'number')
    ? entries.map(([name, index]) => [Number(index), name] as const)
    : entries.map(([index, name]) => [Number(index), name] as const);
  const names = new Map(byIndex);
  return allTexts(Array.from({ length: entries.length }, (_, index) => names.get(index)));
}

function allTexts(values: readonly unknown[]): readonly string[] | undefined {
  return values.every((value) => typeof value === 'string') ? values : undefined;
}

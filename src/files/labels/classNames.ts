import { fieldsOf } from '../containers/smallJson';

/** Bound of a name in a list of classes. */
const maxLetters = 200;

/** Names of classes, one a line, also where each line begins or ends with its number; undefined where there are none. */
export function lineNames(text: string): readonly string[] | undefined {
  const lines = text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.trim());
  if (lines.length < 2 || lines.includes('')) return undefined;
  const numbered = [/^(\d+)[\s:,;]+(.+)$/, /^(.+?)[\s:,;]+(\d+)$/].map((form, at) =>
    lines.map((line, index) => {
      const found = form.exec(line);
      return Number(found?.[1 + at]) === index ? found?.[2 - at] : undefined;
    }),
  );
  const all = numbered.find((names): names is string[] => !names.includes(undefined)) ?? lines;
  return checked(all);
}

/** Where names lie in JSON about a model, such as Hugging Face's config or Teachable Machine's metadata. */
const keys = ['id2label', 'label2id', 'labels', 'class_names', 'classNames', 'names', 'classes'];

/** The same of parsed JSON: a list, names by their numbers or numbers by their names, also under a usual key. */
export function namesOf(value: unknown): readonly string[] | undefined {
  const fields = fieldsOf(value);
  const key = keys.find((each) => typeof fields?.[each] === 'object');
  return named(key === undefined ? value : fields?.[key]);
}

function named(value: unknown): readonly string[] | undefined {
  if (Array.isArray(value)) return checked(value);
  const pairs = fieldsOf(value);
  if (!pairs) return undefined;
  const names: unknown[] = [];
  for (const [name, said] of Object.entries(pairs)) {
    const [index, text] = typeof said === 'number' ? [said, name] : [Number(name), said];
    if (!Number.isSafeInteger(index) || index < 0 || index >= maxClasses) return undefined;
    // Keras' list of ImageNet's classes has WordNet's id before each name.
    names[index] = Array.isArray(text) ? text.filter(isText).join(' ') : text;
  }
  return checked(names);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

const maxClasses = 100_000;

function checked(names: readonly unknown[]): readonly string[] | undefined {
  const isWhole = names.length > 1 && names.length <= maxClasses;
  const all = isWhole ? Array.from(names, (name) => (typeof name === 'string' ? name : '')) : [];
  if (all.length === 0 || all.includes('')) return undefined;
  return all.map((name) => name.slice(0, maxLetters));
}

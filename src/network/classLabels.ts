import type { ClassLabels } from './modelDocument';

/** Names for classes of which nothing but their numbers is known. */
export function numberedLabels(count: number): ClassLabels {
  return {
    names: Array.from({ length: count }, (_, at) => `class ${at}`),
    source: 'their numbers',
    from: 'numbers',
  };
}

/** WordNet's id before a name, as lists of ImageNet's classes have it. */
const synsetFirst = /^(n\d{8})[\s,:]+(\S.*)$/;

/** Names as a list has them; where each has WordNet's id before it, that is no part of the name. */
export function listedLabels(
  texts: readonly string[],
  about: Pick<ClassLabels, 'source' | 'from'>,
): ClassLabels {
  const parts = texts.map((text) => synsetFirst.exec(text));
  if (texts.length === 0 || parts.includes(null)) return { names: texts, ...about };
  return {
    names: parts.map((part) => part?.[2] ?? ''),
    synsets: parts.map((part) => part?.[1] ?? ''),
    ...about,
  };
}

const words: Readonly<
  Record<NonNullable<ClassLabels['from']>, (labels: Omit<ClassLabels, 'from'>) => string>
> = {
  file: () => 'from the file',
  beside: ({ source }) => `${source} beside it`,
  chosen: ({ source }) => `chosen by you: ${source}`,
  numbers: ({ names }) =>
    names.length > 1 ? `none, class 0 to class ${names.length - 1}` : 'none',
};

/** Where names of classes come from, in words: `labels.txt beside it`. */
export function labelsWords({ from, ...labels }: ClassLabels): string {
  return from === undefined ? labels.source : words[from](labels);
}

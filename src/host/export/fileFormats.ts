/** A format that a file is written in, by the end of its name. */
export interface FileFormat {
  /** As the dialogue names it. */
  readonly title: string;
  readonly extension: string;
}

/** The format that a name's end asks for. */
export function formatOf<T extends FileFormat>(name: string, formats: readonly T[]): T {
  const lower = name.toLowerCase();
  const format = formats.find(({ extension }) => lower.endsWith(`.${extension}`));
  if (format) return format;
  const ends = formats.map(({ extension }) => `.${extension}`);
  const before = ends.slice(0, -1).join(', ');
  throw new Error(`${name} must end in ${before}${before && ' or '}${ends.at(-1) ?? ''}`);
}

/** For VS Code's dialogues. */
export function dialogueFilters(formats: readonly FileFormat[]): Record<string, string[]> {
  return Object.fromEntries(formats.map(({ title, extension }) => [title, [extension]]));
}

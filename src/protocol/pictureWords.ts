/** The file's own name of a picture that is called by its path: `cat.jpg` of `photos/cat.jpg`, on every system. */
export function pictureName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** The first of a class's names, where there is room for no more: `drum` of `drum, membranophone, tympan`. */
export function shortLabel(label: string): string {
  return label.split(',')[0] ?? label;
}

/** A probability as a person reads it: `63.2 %`. */
export function probabilityWords(probability: number): string {
  return `${(100 * probability).toFixed(1)} %`;
}

/** Endings of the files that are offered as pictures; what a file is, its content says. */
export const pictureExtensions = [
  'jpg',
  'jpeg',
  'jfif',
  'png',
  'webp',
  'gif',
  'bmp',
  'avif',
  'tif',
  'tiff',
];

/** As people count: 2.png before 10.png, and a.png beside A.png. */
const natural = new Intl.Collator('en', { numeric: true });

/** The names that are pictures' by their ending, in the order in which a person would look for them. */
export function pictureNames(names: readonly string[]): readonly string[] {
  return names.filter(isPictureName).sort(natural.compare);
}

export function isPictureName(name: string): boolean {
  const [, ending = ''] = /.\.([^.]+)$/.exec(name) ?? [];
  return pictureExtensions.includes(ending.toLowerCase());
}

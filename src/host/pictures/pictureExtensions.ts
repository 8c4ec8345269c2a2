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

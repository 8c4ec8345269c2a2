/** A picture that cannot be read: one sentence that the caller can show after the file's name. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
}

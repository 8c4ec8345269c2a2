/** Why a picture, or the way to prepare it, is refused: one sentence that the caller can show after the file's name. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
}

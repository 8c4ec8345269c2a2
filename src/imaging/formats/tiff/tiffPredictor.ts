import { PictureError } from '../pictureError';

/** Adds up a row of differences in place (TIFF 6.0, section 14); samples of 16 bits high byte first. */
export function undoPredictor(
  predictor: number,
  row: Uint8Array,
  samples: number,
  bits: number,
): void {
  if (predictor === 1) return;
  if (predictor !== 2 || bits < 8) {
    throw new PictureError(`a TIFF with predictor ${predictor} is not supported: save it without`);
  }
  if (bits === 8) {
    for (let i = samples; i < row.length; i++) row[i] = (row[i] ?? 0) + (row[i - samples] ?? 0);
    return;
  }
  const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
  for (let at = 2 * samples; at + 2 <= row.length; at += 2) {
    view.setUint16(at, view.getUint16(at) + view.getUint16(at - 2 * samples));
  }
}

import type { PictureSize } from '../../protocol/modelCalls';
import { isSide } from './modelAnswers';

/** Reads `224`, `224 × 320` or `224, 320` as height and width in pixels; throws in a sentence. */
export function readPictureSize(text: string): PictureSize {
  const parts = text
    .trim()
    .split(/\s*[x×,;*\s]\s*/i)
    .map((part) => (part === '' ? NaN : Number(part)));
  const [height, width = height] = parts;
  if (parts.length <= 2 && isSide(height) && isSide(width)) return [height, width];
  throw new Error(
    `“${text}” is no size: give height and width in whole pixels from 1 to 4096, such as 224 × 224`,
  );
}

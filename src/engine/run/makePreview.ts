import type { Pixels } from '../../imaging/formats/picture';
import { resize } from '../../imaging/resize';
import type { RgbPicture } from '../../protocol/engineProtocol';

/** The longer side of what the panel shows of a picture, in pixels. */
export const previewSide = 640;
/** The same in a list of pictures. */
export const thumbnailSide = 96;

/** The picture, made small enough to send and show; one that is small already is left as it is. */
export function makePreview(picture: Pixels, longerSide: number): RgbPicture {
  const { width, height, rgb } = picture;
  const ratio = longerSide / Math.max(width, height);
  if (ratio >= 1) return { width, height, rgb };
  const side = (size: number): number => Math.max(1, Math.round(size * ratio));
  return resize(picture, side(width), side(height), 'bilinear');
}

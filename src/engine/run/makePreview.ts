import type { Picture } from '../../imaging/picture';
import { resize } from '../../imaging/resize';
import type { RgbPicture } from '../../protocol/engineProtocol';

/** The longer side of what the panel shows of a picture, in pixels. */
const previewSide = 640;

/** The picture, made small enough to send and show; one that is small already is left as it is. */
export function makePreview(picture: Picture): RgbPicture {
  const { width, height, rgb } = picture;
  const ratio = previewSide / Math.max(width, height);
  if (ratio >= 1) return { width, height, rgb };
  const side = (size: number): number => Math.max(1, Math.round(size * ratio));
  return resize(picture, side(width), side(height), 'bilinear');
}

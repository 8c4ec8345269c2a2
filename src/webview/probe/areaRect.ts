import { fitPlace } from '../../network/fitPlace';
import type { Fit } from '../../network/preprocess';
import { spanLength, type Area } from '../../network/span';
import type { Rect, Size } from '../draw/rect';

/** Cells or pixels as a rectangle, each one by one. */
export function areaRect({ rows, columns }: Area): Rect {
  return {
    x: columns.first,
    y: rows.first,
    width: spanLength(columns),
    height: spanLength(rows),
  };
}

/** A rectangle as parts of a whole of this size, from 0 to 1. */
export function partOf({ x, y, width, height }: Rect, whole: Size): Rect {
  return {
    x: x / whole.width,
    y: y / whole.height,
    width: width / whole.width,
    height: height / whole.height,
  };
}

/** A part of a whole, from 0 to 1, where that whole lies. */
export function within({ x, y, width, height }: Rect, whole: Rect): Rect {
  return {
    x: whole.x + x * whole.width,
    y: whole.y + y * whole.height,
    width: width * whole.width,
    height: height * whole.height,
  };
}

/** Pixels of the network's input as a part of the picture that they were made of. */
export function partOfPicture(pixels: Area, picture: Size, fit: Fit, input: Size): Rect {
  const { x, y, width, height } = areaRect(pixels);
  const { toPicture } = fitPlace(picture, fit, input);
  const from = toPicture({ x, y });
  const to = toPicture({ x: x + width, y: y + height });
  const rect = { x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y };
  return partOf(rect, picture);
}

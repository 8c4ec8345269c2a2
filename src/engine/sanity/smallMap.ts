import { mapShape } from '../../network/tensor/cell';
import type { ExplanationMap } from '../../protocol/explanation';
import { smallSquare } from '../../protocol/sanityCheck';

/** A value for each cell or pixel: those of a pixel's channels are summed, as where a map is drawn. */
export function flatMap({ shape, data }: ExplanationMap): ExplanationMap {
  if (shape.length < 3) return { shape, data };
  const [height, width, channels] = mapShape(shape);
  const sums = new Float32Array(height * width);
  data.forEach((value, at) => {
    const pixel = Math.floor(at / channels);
    sums[pixel] = (sums[pixel] ?? 0) + value;
  });
  return { shape: [height, width], data: sums };
}

/** The strongest value of each square of pixels, with its sign: a mean would be of both sides of an edge. */
export function inSquares({ shape, data }: ExplanationMap): ExplanationMap {
  const [height = 1, width = 1] = shape;
  const side = smallSquare(height, width);
  const [rows, columns] = [Math.ceil(height / side), Math.ceil(width / side)];
  const strongest = new Float32Array(rows * columns);
  data.forEach((value, pixel) => {
    const row = Math.floor(Math.floor(pixel / width) / side);
    const cell = row * columns + Math.floor((pixel % width) / side);
    if (!(Math.abs(value) <= Math.abs(strongest[cell] ?? 0))) strongest[cell] = value;
  });
  return { shape: [rows, columns], data: strongest };
}

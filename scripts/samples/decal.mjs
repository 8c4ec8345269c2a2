import { clamp, linear, mix } from './maths.mjs';

const levels = Array.from({ length: 256 }, (_, value) => {
  const [light] = linear(`#${value.toString(16).padStart(2, '0')}0000`);
  return light;
});

/** A flat drawing by draw(context) of that size in pixels, as colour(u, v): linear light, u and v from 0 to 1, v down. */
export function decal(width, height, draw) {
  const canvas = new globalThis.OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  draw(context);
  const { data } = context.getImageData(0, 0, width, height);
  const at = (column, row, c) => levels[data[4 * (row * width + column) + c]];
  return (u, v) => {
    const [x, y] = [clamp(u) * (width - 1), clamp(v) * (height - 1)];
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const [right, below] = [Math.min(column + 1, width - 1), Math.min(row + 1, height - 1)];
    return [0, 1, 2].map((c) => {
      const top = mix(at(column, row, c), at(right, row, c), x - column);
      return mix(top, mix(at(column, below, c), at(right, below, c), x - column), y - row);
    });
  };
}

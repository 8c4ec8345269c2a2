import { clamp, encoded } from './maths.mjs';
import { gaussian, seeded } from './random.mjs';

/** Where the four rays of a pixel pass it: a rotated grid. */
const raster = [
  [0.125, 0.625],
  [0.375, 0.125],
  [0.625, 0.875],
  [0.875, 0.375],
];

/**
 * Fills a canvas with colour(x, y), linear light at points in pixels, four to a pixel.
 * `grain` is the standard deviation of the film's noise in levels.
 */
export function fillPixels(context, colour, { grain = 0, seed = 1 } = {}) {
  const { width, height } = context.canvas;
  const image = context.createImageData(width, height);
  const normal = gaussian(seeded(seed));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const points = raster.map(([dx, dy]) => colour(x + dx, y + dy));
      const flaw = grain * normal();
      const at = 4 * (y * width + x);
      for (let c = 0; c < 3; c++) {
        const mean = points.reduce((sum, point) => sum + point[c], 0) / points.length;
        image.data[at + c] = clamp(encoded(mean) + flaw, 0, 255);
      }
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}

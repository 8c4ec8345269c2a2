import type { HeatMap } from './heatMap';
import { brokenColour, heatColour, heatPosition } from './heatScale';

/** A map as RGBA bytes, one pixel a cell; cells past the last unit stay transparent. */
export function heatPixels({
  columns,
  rows,
  values,
  scale,
}: HeatMap): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(columns * rows * 4);
  values.forEach((value, cell) => {
    const colour = Number.isFinite(value)
      ? heatColour(scale.kind, heatPosition(scale, value))
      : brokenColour;
    pixels.set(colour, cell * 4);
    pixels[cell * 4 + 3] = 255;
  });
  return pixels;
}

/** 8-bit RGB as RGBA. */
export function rgbPixels(rgb: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const cells = Math.floor(rgb.length / 3);
  const pixels = new Uint8ClampedArray(cells * 4);
  for (let cell = 0; cell < cells; cell++) {
    pixels.set(rgb.subarray(cell * 3, cell * 3 + 3), cell * 4);
    pixels[cell * 4 + 3] = 255;
  }
  return pixels;
}

/** 8-bit grey as RGBA. */
export function greyPixels(grey: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(grey.length * 4);
  grey.forEach((value, cell) => pixels.set([value, value, value, 255], cell * 4));
  return pixels;
}

import type { RgbPicture } from '../../protocol/runMaps';
import type { HeatMap } from './heatMap';
import { brokenColour, heatColour, heatPosition } from './heatScale';
import type { Size } from './rect';

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

/** Makes a canvas as large as its pixels, and shows them. */
export function putPixels(
  canvas: HTMLCanvasElement,
  pixels: Uint32Array<ArrayBuffer>,
  { width, height }: Size,
): void {
  canvas.width = width;
  canvas.height = height;
  if (width === 0 || height === 0) return;
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer), width, height);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}

/** The channels of a picture by the letters of their order. */
export const colourNames: Readonly<Record<string, string>> = { R: 'red', G: 'green', B: 'blue' };

const urls = new WeakMap<object, string>();

/** A map as a PNG data URL, one pixel a cell; made once per map. */
export function heatImage(map: HeatMap): string {
  return remembered(map, () => pixelImage(heatPixels(map), map.columns, map.rows));
}

/** A picture as a PNG data URL; made once per picture. */
export function pictureImage(picture: RgbPicture): string {
  const { rgb, width, height } = picture;
  return remembered(picture, () => pixelImage(rgbPixels(rgb), width, height));
}

/** A plane of 8-bit grey as a PNG data URL; made once per plane. */
export function greyImage(grey: Uint8Array, width: number, height: number): string {
  return remembered(grey, () => pixelImage(greyPixels(grey), width, height));
}

function remembered(key: object, make: () => string): string {
  const url = urls.get(key) ?? make();
  urls.set(key, url);
  return url;
}

/** RGBA bytes as a PNG data URL. */
export function pixelImage(
  pixels: Uint8ClampedArray<ArrayBuffer>,
  width: number,
  height: number,
): string {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  return canvas.toDataURL();
}

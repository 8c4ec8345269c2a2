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

const files = new FinalizationRegistry<string>((url) => URL.revokeObjectURL(url));

/**
 * A large picture as a file in memory, for an element of the page: as BMP, since to pack 640 × 480 pixels into a PNG takes
 * ten times as long as all else that is drawn of a run. Made once per picture, and gone with it.
 */
export function previewImage(picture: RgbPicture): string {
  return remembered(picture, () => {
    const url = URL.createObjectURL(new Blob([bmpBytes(picture)], { type: 'image/bmp' }));
    files.register(picture, url);
    return url;
  });
}

/** Row-major 8-bit RGB as a BMP of 24 bits: rows from the top down, each filled up to a multiple of 4 bytes. */
export function bmpBytes({ rgb, width, height }: RgbPicture): Uint8Array<ArrayBuffer> {
  const header = 54;
  const row = Math.ceil((3 * width) / 4) * 4;
  const bytes = new Uint8Array(header + row * height);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, header, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  // Below 0: from the top down.
  view.setInt32(22, -height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < 3 * width; x += 3) {
      const [to, from] = [header + y * row + x, 3 * y * width + x];
      bytes[to] = rgb[from + 2] ?? 0;
      bytes[to + 1] = rgb[from + 1] ?? 0;
      bytes[to + 2] = rgb[from] ?? 0;
    }
  return bytes;
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

import { greyPixels, heatPixels, rgbPixels } from './heatPixels';
import type { HeatMap } from './heatMap';
import type { RgbPicture } from '../../protocol/engineProtocol';

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

import type { Size } from '../draw/rect';

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

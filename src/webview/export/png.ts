import { element } from '../draw/element';
import type { Size } from '../draw/rect';

/** A picture's pixels as a PNG file. */
export function pngBytes({ pixels, width, height }: Picture): Promise<Uint8Array> {
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer), width, height);
  return drawnPng({ width, height }, (pen) => pen.putImageData(image, 0, 0));
}

/** An SVG file as a PNG file, `factor` pixels to a unit. */
export async function svgPngBytes(svg: string, size: Size, factor: number): Promise<Uint8Array> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = element('img', { src: url, alt: '' });
    await image.decode();
    const width = Math.ceil(size.width * factor);
    const height = Math.ceil(size.height * factor);
    return await drawnPng({ width, height }, (pen) => pen.drawImage(image, 0, 0, width, height));
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function drawnPng(
  { width, height }: Size,
  draw: (pen: CanvasRenderingContext2D) => void,
): Promise<Uint8Array> {
  const canvas = element('canvas', { width, height });
  const pen = canvas.getContext('2d');
  if (pen) draw(pen);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  if (!pen || !blob)
    throw new Error(`a picture of ${width} × ${height} pixels cannot be drawn here`);
  return new Uint8Array(await blob.arrayBuffer());
}

/** Pixels of a picture, row by row. */
export interface Picture extends Size {
  readonly pixels: Uint32Array<ArrayBuffer>;
}

/** The largest whole factor by which a picture still fits into a square of this side; at least 1. */
export function wholeFactor({ width, height }: Size, side: number): number {
  return Math.max(1, Math.floor(side / Math.max(width, height)));
}

/** Every pixel as a square of `factor` by `factor`. */
export function enlarge({ pixels, width, height }: Picture, factor: number): Picture {
  const wide = width * factor;
  const large = new Uint32Array(wide * height * factor);
  for (let row = 0; row < height; row++) {
    const start = row * factor * wide;
    for (let x = 0; x < wide; x++) {
      large[start + x] = pixels[row * width + Math.floor(x / factor)] ?? 0;
    }
    for (let copy = 1; copy < factor; copy++) {
      large.copyWithin(start + copy * wide, start, start + wide);
    }
  }
  return { pixels: large, width: wide, height: height * factor };
}

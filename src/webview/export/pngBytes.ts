import type { Size } from '../draw/rect';
import type { Picture } from './enlarge';
import { element } from '../draw/element';

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

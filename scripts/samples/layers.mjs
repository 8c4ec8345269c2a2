import { clamp } from './maths.mjs';
import { gaussian, seeded } from './random.mjs';

/**
 * Lays what draw(context) draws on a clear canvas over a picture, out of focus by `blur` pixels. The canvas goes on beyond
 * the picture, so that its edges blur with what is drawn there.
 */
export function drawLayer(context, blur, draw) {
  const { width, height } = context.canvas;
  const margin = Math.ceil(3 * blur);
  const layer = new globalThis.OffscreenCanvas(width + 2 * margin, height + 2 * margin);
  const drawn = layer.getContext('2d');
  drawn.translate(margin, margin);
  draw(drawn, { width, height });
  context.save();
  if (blur > 0) context.filter = `blur(${blur}px)`;
  context.drawImage(layer, -margin, -margin);
  context.restore();
}

/** Draws rgba(x, y) in a box, levels from 0 to 255 and opacity from 0 to 1, once a pixel. */
export function fillBox(context, [left, top, right, bottom], rgba) {
  const tile = new globalThis.OffscreenCanvas(right - left, bottom - top);
  const drawn = tile.getContext('2d');
  const image = drawn.createImageData(tile.width, tile.height);
  for (let y = top, at = 0; y < bottom; y++) {
    for (let x = left; x < right; x++, at += 4) {
      const [r, g, b, opacity = 1] = rgba(x + 0.5, y + 0.5);
      image.data.set([clamp(r, 0, 255), clamp(g, 0, 255), clamp(b, 0, 255), 255 * opacity], at);
    }
  }
  drawn.putImageData(image, 0, 0);
  context.drawImage(tile, left, top);
}

/** Lays a camera's noise of that standard deviation, in levels, over a picture; the corners lose a share of their light. */
export function develop(context, { grain, seed, vignette = 0 }) {
  const { width, height } = context.canvas;
  const image = context.getImageData(0, 0, width, height);
  const normal = gaussian(seeded(seed));
  for (let at = 0, i = 0; at < image.data.length; at += 4, i++) {
    const [u, v] = [((i % width) / width) * 2 - 1, (Math.floor(i / width) / height) * 2 - 1];
    const light = 1 - (vignette * (u * u + v * v)) / 2;
    const flaw = grain * normal();
    for (let c = 0; c < 3; c++) {
      image.data[at + c] = image.data[at + c] * light + flaw + 0.35 * grain * normal();
    }
  }
  context.putImageData(image, 0, 0);
}

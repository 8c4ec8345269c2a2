import { clamp } from './maths.mjs';

const hues = 12;
const rings = 6;
const hole = 0.2;
/** White between the fields, in pixels. */
const gap = 2.4;

/** Fields of equal hue and saturation with white between them: few colours, as a GIF wants them. */
export function colourWheel(context) {
  const { width, height } = context.canvas;
  const radius = width / 2 - 8;
  const image = context.createImageData(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colourAt(x + 0.5 - width / 2, y + 0.5 - height / 2, radius);
      image.data.set([...colour, 255], 4 * (y * width + x));
    }
  }
  context.putImageData(image, 0, 0);
}

function colourAt(x, y, radius) {
  const r = Math.hypot(x, y);
  const turn = (Math.atan2(x, -y) / (2 * Math.PI) + 1 + 0.5 / hues) % 1;
  const sector = Math.floor(turn * hues);
  const depth = ((r / radius - hole) / (1 - hole)) * rings;
  const ring = Math.floor(depth);
  if (r < hole * radius * 0.8) return grey(r, hole * radius * 0.8);
  if (ring < 0 || ring >= rings) return [255, 255, 255];
  const toSide = Math.abs(turn * hues - sector - 0.5) - 0.5;
  const sideGap = (-toSide * 2 * Math.PI * r) / hues;
  const ringGap = ((0.5 - Math.abs(depth - ring - 0.5)) * radius * (1 - hole)) / rings;
  return onWhite(field(sector, ring), Math.min(sideGap, ringGap) - gap / 2);
}

/** The middle: an ordinary grey. */
function grey(r, radius) {
  return onWhite([128, 128, 128], radius - r);
}

/** Edges in thirds, so that every shade finds a place in the palette. */
function onWhite(colour, distance) {
  const t = Math.round(3 * clamp(distance + 0.5)) / 3;
  return colour.map((value) => Math.round(255 + (value - 255) * t));
}

function field(sector, ring) {
  const saturation = (ring + 1) / rings;
  const channel = (offset) => {
    const k = (offset + (sector * 12) / hues) % 12;
    return 0.5 - 0.5 * saturation * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return [0, 8, 4].map((offset) => Math.round(255 * channel(offset)));
}

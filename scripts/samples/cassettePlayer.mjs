import { decal } from './decal.mjs';
import { blend, clamp, linear, normalized, scaled } from './maths.mjs';
import { noise, octaves } from './noise.mjs';
import { drawFront, frontSize } from './playerFront.mjs';
import { fillPixels } from './pixels.mjs';
import { rayMarcher } from './rayMarcher.mjs';
import { box, disc, ring, rod } from './shapes.mjs';

/** The player's half sides; it stands on y = 0 and its front is at z = half[2]. */
const half = [1.42, 0.7, 0.34];
const middle = 0.76;
const wallZ = -1.5;

/** From the middle of the front, as in its drawing. */
const speakerX = 0.9;

const feet = (x, y, z) => box(Math.abs(x) - 1.05, y - 0.03, z, [0.14, 0.05, 0.22], 0.02);

/** Each part's distance; y is from the middle. */
const parts = {
  body: (x, y, z) => Math.min(box(x, y, z, half, 0.07), feet(x, y + middle, z)),
  rings: (x, y, z) => ring(Math.abs(x) - speakerX, y + 0.12, z - half[2], 0.455, 0.03),
  door: (x, y, z) => box(x, y + 0.05, z - half[2], [0.4, 0.26, 0.035], 0.025),
  keys: (x, y, z) => {
    const [py, pz] = [y + 0.46, z - half[2] - 0.01];
    const row = box(x, py, pz, [0.405, 0.062, 0.06], 0.015);
    if (row > 0.1) return row;
    const within = x - (Math.floor(x / 0.135) + 0.5) * 0.135;
    return Math.max(row, box(within, py, pz, [0.06, 0.062, 0.06], 0.015));
  },
  knobs: (x, y, z) => disc(Math.abs(x) - 1.2, y - 0.49, z - half[2], 0.085, 0.09, 0.02),
  handle: (x, y, z) => {
    const bar = rod(x, y, z, [-1.0, 1.12, -0.02], [1.0, 1.12, -0.02], 0.065);
    const post = rod(Math.abs(x), y, z, [1.0, 1.12, -0.02], [1.2, 0.66, -0.02], 0.055);
    return Math.min(bar, post);
  },
  aerial: (x, y, z) => rod(x, y, z, [1.12, 0.72, -0.24], [-0.9, 1.62, -0.5], 0.014),
};
const names = Object.keys(parts);

function distance(x, y, z) {
  const room = Math.min(y, z - wallZ);
  const up = y - middle;
  const bound = box(x, up - 0.3, z, [1.5, 1.45, 0.62], 0);
  if (bound > 0.6) return Math.min(room, bound);
  let nearest = room;
  for (const name of names) nearest = Math.min(nearest, parts[name](x, up, z));
  return nearest;
}

const chrome = () => ({ colour: [0.42, 0.43, 0.45], gloss: 0.75, rough: 0.12 });
const black = () => ({ colour: [0.018, 0.018, 0.02], gloss: 0.28, rough: 0.2 });

const front = decal(...frontSize, drawFront);

const surfaces = {
  body: (x, y, z) => {
    if (z > half[2] - 0.03 && Math.abs(x) < half[0] - 0.02)
      return { ...face(x, y), gloss: 0.22, rough: 0.25 };
    return {
      colour: scaled(linear('#8f9296'), 0.9 + 0.2 * noise(x * 3, y * 120, z * 3)),
      gloss: 0.25,
      rough: 0.3,
    };
  },
  rings: chrome,
  door: (x, y) => ({ ...face(x, y), gloss: 0.55, rough: 0.06 }),
  keys: (x) => (x < -0.27 ? { colour: linear('#a8201c'), gloss: 0.4, rough: 0.15 } : chrome()),
  knobs: chrome,
  handle: black,
  aerial: chrome,
};

function face(x, y) {
  return { colour: front((x + half[0]) / (2 * half[0]), (half[1] - y) / (2 * half[1])) };
}

function surface(x, y, z) {
  const up = y - middle;
  const room = Math.min(y, z - wallZ);
  const distances = names.map((name) => parts[name](x, up, z));
  const least = Math.min(...distances);
  if (room < least) return y < z - wallZ ? table(x, z) : wall(x, y);
  return surfaces[names[distances.indexOf(least)]](x, up, z);
}

function wall(x, y) {
  const plaster = 0.9 + 0.12 * octaves(x * 1.5, y * 1.5, 3) + 0.05 * noise(x * 50, y * 50);
  return { colour: scaled(linear('#d8cdb6'), plaster) };
}

/** Boards along x. */
function table(x, z) {
  const board = Math.floor(z / 0.7 + 50);
  const along = x * 0.3 + board * 5;
  const rings = noise(z * 10 + 1.5 * noise(along * 2, z * 2, board), along, board);
  const wood = blend(
    linear('#6b4125'),
    linear('#a8703f'),
    clamp(0.7 * rings + 0.3 * noise(x * 4, z * 80)),
  );
  return { colour: wood, gloss: 0.14, rough: 0.3 };
}

const scene = {
  distance,
  surface,
  relief: () => 0,
  camera: { eye: [-0.95, 1.75, 6.6], target: [0.02, 0.93, 0], zoom: 4.35 },
  key: { direction: normalized([-0.5, 0.75, 0.6]), colour: [1.75, 1.62, 1.42], softness: 0.14 },
  sky: [0.3, 0.32, 0.36],
  bounce: [0.24, 0.19, 0.14],
};

/** A radio cassette player on a table. */
export function cassettePlayer(context) {
  const { width, height } = context.canvas;
  fillPixels(context, rayMarcher(scene, width, height), { grain: 2, seed: 4 });
}

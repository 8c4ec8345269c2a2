import { decal } from './decal.mjs';
import { clamp, linear, normalized, scaled, smoothstep } from './maths.mjs';
import { noise, octaves } from './noise.mjs';
import { drawPumpFace, faceSize, drawGlobe, globeSize } from './pumpFace.mjs';
import { fillPixels } from './pixels.mjs';
import { rayMarcher } from './rayMarcher.mjs';
import { box, disc, hose, ring, rod, rounded, smoothUnion } from './shapes.mjs';

/** The housing's half sides and the height of its middle. */
const half = [0.52, 1.02, 0.34];
const middle = 1.2;
const globeY = 2.53;
const wallZ = -1.1;
/** Boards of the wall, in units high. */
const board = 0.2;

const hoseWay = rounded([
  [0.55, 1.62, 0.02],
  [0.72, 1.6, 0.1],
  [0.83, 1.35, 0.18],
  [0.86, 0.95, 0.22],
  [0.82, 0.6, 0.24],
  [0.73, 0.42, 0.24],
  [0.64, 0.46, 0.22],
  [0.6, 0.66, 0.18],
  [0.6, 0.88, 0.14],
]);

/** Each part's distance. */
const parts = {
  plinth: (x, y, z) => box(x, y - 0.1, z, [0.62, 0.1, 0.44], 0.02),
  housing: (x, y, z) => box(x, y - middle, z, half, 0.13),
  trims: (x, y, z) =>
    Math.max(
      box(x, y - middle, z, [half[0] + 0.016, half[1], half[2] + 0.016], 0.13),
      Math.min(...[1.16, 2.02].map((at) => Math.abs(y - at) - 0.022)),
    ),
  window: (x, y, z) => box(x, y - 1.6, z - half[2], [0.37, 0.29, 0.03], 0.025),
  frame: (x, y, z) =>
    Math.max(
      box(x, y - 1.6, z - half[2], [0.41, 0.33, 0.035], 0.03),
      -box(x, y - 1.6, z - half[2], [0.37, 0.29, 0.2], 0.02),
    ),
  neck: (x, y, z) => rod(x, y, z, [0, 2.1, 0], [0, 2.18, 0], 0.1),
  globe: (x, y, z) => disc(x, y - globeY, z, 0.33, 0.1, 0.07),
  globeRing: (x, y, z) => ring(x, y - globeY, Math.abs(z) - 0.1, 0.31, 0.028),
  hose: (x, y, z) => {
    // Far from it its bounds are enough, and much faster.
    const bound = box(x - 0.71, y - 1.02, z - 0.13, [0.22, 0.66, 0.18], 0);
    return bound > 0.4 ? bound : hose(x, y, z, hoseWay, 0.035);
  },
  nozzle: (x, y, z) => {
    const grip = rod(x, y, z, [0.6, 0.9, 0.14], [0.6, 1.16, 0.1], 0.05);
    const spout = rod(x, y, z, [0.6, 1.16, 0.1], [0.56, 1.36, -0.02], 0.026);
    const guard = rod(x, y, z, [0.6, 0.94, 0.24], [0.6, 1.12, 0.2], 0.016);
    return smoothUnion(Math.min(grip, guard), spout, 0.05);
  },
  holder: (x, y, z) => box(x - 0.56, y - 1.32, z + 0.01, [0.07, 0.09, 0.09], 0.03),
};
const names = Object.keys(parts);

/** Boards that lap over each other. */
function wallDistance(y, z) {
  const down = 1 - ((((y / board) % 1) + 1) % 1);
  return (z - wallZ - 0.035 * down) * 0.8;
}

function distance(x, y, z) {
  const room = Math.min(y, wallDistance(y, z));
  const bound = box(x - 0.1, y - 1.45, z, [0.86, 1.46, 0.5], 0);
  if (bound > 0.25) return Math.min(room, bound);
  let nearest = room;
  for (const name of names) nearest = Math.min(nearest, parts[name](x, y, z));
  return nearest;
}

const face = decal(...faceSize, drawPumpFace);
const globe = decal(...globeSize, drawGlobe);
const red = linear('#b3171b');
const cream = linear('#efe6d2');
const chrome = () => ({ colour: [0.4, 0.41, 0.43], gloss: 0.8, rough: 0.14 });

const surfaces = {
  plinth: (x, y, z) => ({
    colour: scaled(linear('#6d6a66'), 0.8 + 0.4 * octaves(x * 8, y * 8, z * 8)),
  }),
  housing: (x, y, z) => {
    if (z > half[2] - 0.02 && Math.abs(x) < 0.47)
      return { ...onFace(x, y), gloss: 0.4, rough: 0.1 };
    return { colour: worn(y < 1.16 || y > 2.02 ? red : cream, x, y, z), gloss: 0.4, rough: 0.1 };
  },
  trims: chrome,
  window: (x, y) => ({ ...onFace(x, y), gloss: 0.5, rough: 0.05 }),
  frame: chrome,
  neck: () => ({ colour: red, gloss: 0.4, rough: 0.1 }),
  globe: (x, y, z) => ({
    colour: z > 0 ? globe(x / 0.66 + 0.5, 0.5 - (y - globeY) / 0.66) : cream,
    gloss: 0.35,
    rough: 0.08,
    glow: 0.35,
  }),
  globeRing: chrome,
  hose: (x, y) => ({
    colour: scaled([0.02, 0.02, 0.021], 0.8 + 0.4 * noise(x * 30, y * 90)),
    gloss: 0.2,
    rough: 0.3,
  }),
  nozzle: chrome,
  holder: () => ({ colour: [0.05, 0.05, 0.055], gloss: 0.3, rough: 0.2 }),
};

function onFace(x, y) {
  const colour = face((x + half[0]) / (2 * half[0]), (middle + half[1] - y) / (2 * half[1]));
  return { colour: worn(colour, x, y, 0.4) };
}

/** Dust and faded paint, most of it low down. */
function worn(colour, x, y, z) {
  const dust = octaves(x * 4, y * 4, z * 4 + 3, 5);
  const low = smoothstep(0.9, 0.1, y);
  const share = clamp(0.1 * dust + 0.4 * low * smoothstep(0.45, 0.75, dust));
  return colour.map(
    (value, c) => value * (0.9 + 0.2 * dust) * (1 - share) + [0.25, 0.2, 0.15][c] * share,
  );
}

function surface(x, y, z) {
  const distances = names.map((name) => parts[name](x, y, z));
  const least = Math.min(...distances);
  const wall = wallDistance(y, z);
  if (Math.min(y, wall) >= least) return surfaces[names[distances.indexOf(least)]](x, y, z);
  return y < wall ? ground(x, z) : boards(x, y);
}

/** Painted wood; each board has a tone and a grain of its own. */
function boards(x, y) {
  const row = Math.floor(y / board);
  const grain = noise(x * 2.2, y * 60, row);
  const tone =
    0.86 +
    0.1 * noise(row * 7, 3) +
    0.1 * grain -
    0.12 * smoothstep(0.6, 0.85, octaves(x * 3, y * 9, row));
  return { colour: scaled(linear('#5f8f86'), tone) };
}

/** Concrete with stains. */
function ground(x, z) {
  const tone = 0.75 + 0.35 * octaves(x * 2, z * 2, 1, 6) + 0.1 * noise(x * 60, z * 60);
  const oil = 0.4 * smoothstep(0.58, 0.75, octaves(x * 1.3 + 4, z * 1.3, 8));
  return { colour: scaled(linear('#a7a196'), tone * (1 - oil)) };
}

const scene = {
  distance,
  surface,
  relief: () => 0,
  camera: { eye: [-1.15, 1.75, 7.2], target: [0.1, 1.44, 0], zoom: 5.0 },
  key: { direction: normalized([-0.55, 0.75, 0.62]), colour: [1.5, 1.38, 1.14], softness: 0.07 },
  sky: [0.26, 0.31, 0.39],
  bounce: [0.16, 0.145, 0.12],
};

/** An old petrol pump before a wooden wall, in the sun. */
export function gasPump(context) {
  const { width, height } = context.canvas;
  fillPixels(context, rayMarcher(scene, width, height), { grain: 2.4, seed: 6 });
}

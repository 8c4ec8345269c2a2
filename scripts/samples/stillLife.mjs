import { blend, clamp, linear, normalized, scaled, smoothstep } from './maths.mjs';
import { noise, octaves } from './noise.mjs';
import { fillPixels } from './pixels.mjs';
import { rayMarcher } from './rayMarcher.mjs';
import { cone, ellipsoid, rod, smoothUnion, sphere } from './shapes.mjs';

const apple = { x: -0.72, y: 0.525, z: 0, ring: 0.24, radius: 0.43 };
const lemon = { x: 0.42, y: 0.36, z: 0.62, turn: 0.42 };
const fir = { x: 1.28, z: -0.45, height: 1.5, radius: 0.5 };
const wallZ = -1.7;

/** Each thing's distance; the nearest one gives a point its surface. */
const things = {
  wall: (x, y, z) => z - wallZ,
  table: (x, y) => y,
  cone: (x, y, z) => cone(x - fir.x, y, z - fir.z, fir.height, fir.radius, 0.015),
  lemon: lemonDistance,
  apple: appleDistance,
  stem: (x, y, z) =>
    rod(x, y, z, [apple.x, 0.86, 0], [apple.x + 0.07, 1.24, 0.03], 0.022 + 0.05 * clamp(y - 1.1)),
  leaf: leafDistance,
};
const names = Object.keys(things);

/** A torus whose hole is closed, narrower below: the dimples come by themselves. */
function appleDistance(x, y, z) {
  const [px, py, pz] = [x - apple.x, y - apple.y, z - apple.z];
  const waist = 1 + 0.2 * smoothstep(0.1, -0.6, py);
  const angle = Math.atan2(pz, px);
  const lobes = 0.012 * Math.cos(5 * angle) * smoothstep(0.1, -0.5, py);
  const r = Math.hypot(px, pz) * waist + lobes;
  return 0.85 * (Math.hypot(r - apple.ring, py * 0.82) - apple.radius);
}

function lemonPoint(x, z) {
  const [px, pz] = [x - lemon.x, z - lemon.z];
  const [c, s] = [Math.cos(lemon.turn), Math.sin(lemon.turn)];
  return [px * c + pz * s, pz * c - px * s];
}

function lemonDistance(x, y, z) {
  const [px, pz] = lemonPoint(x, z);
  const py = y - lemon.y;
  const body = ellipsoid(px, py, pz, [0.5, 0.37, 0.37]);
  const tip = sphere(px - 0.53, py, pz, 0.06);
  const end = sphere(px + 0.5, py, pz, 0.075);
  return 0.9 * smoothUnion(smoothUnion(body, tip, 0.22), end, 0.16);
}

/** A thin blade that bends down towards its tip. */
function leafDistance(x, y, z) {
  const [px, pz] = [x - apple.x - 0.3, z - 0.06];
  const py = y - 1.16 + 0.9 * px * px - 0.5 * Math.abs(pz) - 0.16 * px;
  return 0.6 * (ellipsoid(px, py, pz, [0.27, 0.03, 0.11]) - 0.004);
}

function distance(x, y, z) {
  let nearest = Math.min(z - wallZ, y);
  // Far from the things their bounds are enough, and much faster.
  const bound = sphere(x - 0.2, y - 0.6, z, 1.75);
  if (bound > 0.4) return Math.min(nearest, bound);
  for (let i = 2; i < names.length; i++) nearest = Math.min(nearest, things[names[i]](x, y, z));
  return nearest;
}

const surfaces = {
  wall: (x, y) => ({
    colour: scaled(
      linear('#6f97b3'),
      0.86 + 0.16 * octaves(x * 1.3, y * 1.3, 3) + 0.04 * noise(x * 40, y * 40),
    ),
    rough: 1,
  }),
  table: tableSurface,
  cone: (x, y) => ({
    colour: blend(linear('#24523d'), linear('#2f6a4d'), y / 1.5),
    gloss: 0.06,
    rough: 0.5,
  }),
  lemon: (x, y, z) => {
    const [px] = lemonPoint(x, z);
    const green = smoothstep(0.42, 0.62, Math.abs(px)) * 0.55;
    return {
      colour: blend(linear('#f0b912'), linear('#a3a51f'), green),
      gloss: 0.3,
      rough: 0.18,
      bump: 0.0045,
    };
  },
  apple: appleSurface,
  stem: () => ({ colour: linear('#4a3420'), gloss: 0.05 }),
  leaf: (x, y, z) => {
    const vein = smoothstep(0.0, 0.012, Math.abs(z - 0.06));
    const ribs = 0.85 + 0.15 * Math.sin((x - Math.abs(z - 0.06) * 1.2) * 70);
    return {
      colour: scaled(blend(linear('#b7d27a'), linear('#5f9e3a'), vein), ribs),
      gloss: 0.2,
      rough: 0.3,
      glow: 0.25,
    };
  },
};

/** Boards that run to the back, each with its own grain. */
function tableSurface(x, y, z) {
  const board = Math.floor(x / 0.9 + 100);
  const along = z * 0.35 + board * 7;
  const rings = noise(x * 9 + 1.6 * noise(x * 2, along * 2, board), along, board);
  const fibre = noise(x * 90, z * 4, board);
  const seam = smoothstep(0, 0.012, Math.abs(((x / 0.9 + 100) % 1) - 0.006) * 0.9);
  const wood = blend(linear('#7a4c2b'), linear('#b98252'), clamp(0.75 * rings + 0.25 * fibre));
  return { colour: scaled(wood, 0.35 + 0.65 * seam), gloss: 0.13, rough: 0.35 };
}

/** Red with yellow round the stem and at the foot, streaks from pole to pole and pale dots. */
function appleSurface(x, y, z) {
  const [px, py, pz] = [x - apple.x, y - apple.y, z - apple.z];
  const angle = Math.atan2(pz, px);
  const streak = octaves(7 * Math.cos(angle), 7 * Math.sin(angle), py * 0.9, 3);
  const fine = noise(45 * Math.cos(angle), 45 * Math.sin(angle), py * 2.5);
  const top = smoothstep(0.3, 0.02, Math.hypot(px, pz) - 0.14 * streak) * smoothstep(0, 0.2, py);
  const foot = smoothstep(-0.12, -0.5, py + 0.25 * (streak - 0.5));
  const cheek = smoothstep(0.7, 0.98, Math.cos(angle - 2.7)) * 0.55 * streak;
  const red = blend(linear('#a3151c'), linear('#d63a2c'), 0.6 * streak + 0.4 * fine);
  const colour = blend(red, linear('#e0b23e'), clamp(Math.max(top, 0.5 * foot, cheek)));
  const dots = smoothstep(0.88, 0.97, noise(px * 44, py * 44, pz * 44));
  return { colour: blend(colour, linear('#f0cf9a'), 0.4 * dots), gloss: 0.55, rough: 0.05 };
}

function surface(x, y, z) {
  let nearest = names[0];
  let least = Infinity;
  for (const name of names) {
    const d = things[name](x, y, z);
    if (d < least) [least, nearest] = [d, name];
  }
  return surfaces[nearest](x, y, z);
}

const scene = {
  distance,
  surface,
  relief: (x, y, z) => noise(x * 30, y * 30, z * 30) + 0.4 * noise(x * 60, y * 60, z * 60),
  camera: { eye: [0.15, 1.55, 6.1], target: [0.17, 0.66, 0], zoom: 4.1 },
  key: { direction: normalized([-0.62, 0.72, 0.5]), colour: [2.3, 2.05, 1.7], softness: 0.11 },
  sky: [0.3, 0.36, 0.46],
  bounce: [0.24, 0.15, 0.09],
};

/** An apple, a lemon and a cone on a wooden table, in the light of a window. */
export function stillLife(context) {
  const { width, height } = context.canvas;
  fillPixels(context, rayMarcher(scene, width, height), { grain: 1.6, seed: 5 });
}

import { blend, clamp, linear, normalized, scaled, smoothstep } from './maths.mjs';
import { noise, octaves } from './noise.mjs';
import { fillPixels } from './pixels.mjs';
import { rayMarcher } from './rayMarcher.mjs';
import { ellipsoid, rod, sphere } from './shapes.mjs';

const height = 2.3;
const wallZ = -1.3;
/** Half widths of the vase from foot to lip, evenly spaced. */
const profile = [0.34, 0.43, 0.55, 0.62, 0.6, 0.5, 0.35, 0.23, 0.2, 0.24, 0.33];

/** Stems from the vase's mouth to a flower, with a bend towards the end. */
const flowers = [
  { mid: [-0.2, 2.95, 0.05], end: [-0.5, 3.45, 0.1], size: 0.2 },
  { mid: [0.02, 3.1, -0.1], end: [0.06, 3.95, -0.08], size: 0.23 },
  { mid: [0.2, 2.8, 0.12], end: [0.52, 3.2, 0.22], size: 0.185 },
];
const root = [0, 1.9, 0];

const leaves = flowers.flatMap(({ mid, end }, stem) =>
  [0.12, 0.38, 0.62].map((t, i) => {
    const side = (i + stem) % 2 === 0 ? 1 : -1;
    const at = mid.map((value, axis) => value + (end[axis] - value) * t);
    return { at: [at[0] + side * 0.15, at[1] + 0.07, at[2] + 0.03], lean: side * 0.75 };
  }),
);

const things = {
  wall: (x, y, z) => z - wallZ,
  shelf: (x, y) => y,
  vase: vaseDistance,
  stems: (x, y, z) =>
    Math.min(
      ...flowers.map(({ mid, end }) =>
        Math.min(rod(x, y, z, root, mid, 0.022), rod(x, y, z, mid, end, 0.022)),
      ),
    ),
  leaves: (x, y, z) => Math.min(...leaves.map((leaf) => leafDistance(x, y, z, leaf))),
  flowers: (x, y, z) =>
    Math.min(
      ...flowers.map(({ end: [a, b, c], size }) => sphere(x - a, (y - b) * 1.08, z - c, size)),
    ),
};
const names = Object.keys(things);

/** A turned wall of clay, open above. */
function vaseDistance(x, y, z) {
  const r = Math.hypot(x, z);
  const wall = Math.abs(r - halfWidth(y)) - 0.035;
  const inside = Math.max(wall, y - height, -y);
  const bottom = Math.max(r - halfWidth(0), Math.abs(y - 0.04) - 0.04);
  return 0.75 * Math.min(inside, bottom) - 0.012;
}

/** Catmull-Rom through the profile. */
function halfWidth(y) {
  const at = clamp(y / height) * (profile.length - 1);
  const i = Math.min(Math.floor(at), profile.length - 2);
  const t = at - i;
  const [a, b, c, d] = [-1, 0, 1, 2].map((step) => profile[clamp(i + step, 0, profile.length - 1)]);
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

function leafDistance(x, y, z, { at, lean }) {
  const [px, py, pz] = [x - at[0], y - at[1], z - at[2]];
  const [c, s] = [Math.cos(lean), Math.sin(lean)];
  return (
    0.7 * ellipsoid(px * c - py * s, px * s + py * c, pz + 0.3 * px * lean, [0.055, 0.17, 0.022])
  );
}

function distance(x, y, z) {
  let nearest = Math.min(z - wallZ, y);
  const r = Math.hypot(x, z);
  if (r > 1.3) return Math.min(nearest, r - 0.95);
  nearest = Math.min(nearest, vaseDistance(x, y, z));
  if (y < 1.6) return Math.min(nearest, Math.max(0.2, 1.9 - y));
  for (const name of ['stems', 'leaves', 'flowers'])
    nearest = Math.min(nearest, things[name](x, y, z));
  return nearest;
}

const surfaces = {
  wall: (x, y) => ({
    colour: scaled(linear('#d9a98c'), 0.86 + 0.2 * octaves(x * 1.5, y * 1.5, 8)),
  }),
  shelf: (x, y, z) => ({
    colour: scaled(linear('#e8e1d6'), 0.92 + 0.1 * noise(x * 3, z * 9)),
    gloss: 0.1,
    rough: 0.3,
  }),
  vase: vaseSurface,
  stems: () => ({ colour: linear('#7d8a4d') }),
  leaves: (x, y) => ({
    colour: blend(linear('#5c7d52'), linear('#8fab74'), noise(x * 9, y * 9)),
    gloss: 0.08,
    rough: 0.4,
    glow: 0.2,
  }),
  flowers: (x, y, z) => ({
    colour: blend(linear('#d98a0b'), linear('#f9c937'), noise(x * 42, y * 42, z * 42)),
    bump: 0.02,
  }),
};

/** White glaze with blue bands: waves on the belly, lozenges above, lines between. */
function vaseSurface(x, y, z) {
  const turn = Math.atan2(x, z) / (2 * Math.PI);
  const wobble = 0.006 * (noise(turn * 40, y * 9) - 0.5);
  const h = y / height + wobble;
  const ink = Math.max(
    ...[0.07, 0.1, 0.44, 0.475, 0.665, 0.69, 0.955].map((line) =>
      smoothstep(0.008, 0.004, Math.abs(h - line)),
    ),
    waves(turn * 14, h),
    lozenges(turn * 16, h),
    smoothstep(0.71, 0.716, h) * smoothstep(0.9, 0.894, h) * stripes(turn * 22),
  );
  const wash = 0.75 + 0.35 * noise(turn * 40, y * 9);
  const cobalt = scaled(linear('#22479c'), wash);
  return { colour: blend(linear('#f1ede2'), cobalt, clamp(ink)), gloss: 0.5, rough: 0.05 };
}

/** Three rows of arcs, each within the other, as on a carp's scales. */
function waves(u, h) {
  if (h < 0.12 || h > 0.42) return 0;
  const row = Math.floor((h - 0.12) / 0.075);
  const px = (((u + row / 2) % 1) + 1) % 1;
  const py = ((h - 0.12) / 0.075) % 1;
  const r = Math.hypot((px - 0.5) * 1.9, py);
  return Math.max(...[0.9, 0.62, 0.34].map((ring) => smoothstep(0.1, 0.05, Math.abs(r - ring))));
}

function lozenges(u, h) {
  if (h < 0.5 || h > 0.64) return 0;
  const px = Math.abs((((u % 1) + 1) % 1) - 0.5) * 2;
  const py = Math.abs((h - 0.57) / 0.07);
  const size = px + py;
  return Math.max(smoothstep(0.62, 0.56, size), smoothstep(0.09, 0.05, Math.abs(size - 0.86)));
}

function stripes(u) {
  const at = Math.abs((((u % 1) + 1) % 1) - 0.5);
  return smoothstep(0.17, 0.13, at);
}

function surface(x, y, z) {
  const distances = names.map((name) => things[name](x, y, z));
  return surfaces[names[distances.indexOf(Math.min(...distances))]](x, y, z);
}

const scene = {
  distance,
  surface,
  relief: (x, y, z) => noise(x * 42, y * 42, z * 42),
  camera: { eye: [0.1, 2.35, 8.2], target: [0.02, 2.02, 0], zoom: 7.1 },
  key: { direction: normalized([-0.55, 0.6, 0.62]), colour: [2.1, 1.95, 1.75], softness: 0.13 },
  sky: [0.36, 0.38, 0.44],
  bounce: [0.3, 0.24, 0.2],
};

/** A tall vase of blue and white with three yellow flowers: half as wide as high. */
export function tallVase(context) {
  const { width, height: rows } = context.canvas;
  fillPixels(context, rayMarcher(scene, width, rows));
}

import { blend, clamp, linear, scaled, smoothstep } from './maths.mjs';
import { noise, octaves } from './noise.mjs';
import { box, rod } from './shapes.mjs';

/** Half width, height of the walls, half length, the roof's rise; the tower stands before the gable at z = front. */
const nave = { half: 1.35, walls: 1.55, length: 2.3, rise: 1.35 };
const tower = { half: 0.52, walls: 3.1, z: 2.35 };
const belfry = { half: 0.4, from: 3.1, to: 3.95 };
const spire = { half: 0.52, from: 3.95, to: 5.75 };

const slant = Math.hypot(nave.half, nave.rise);

/** How far above the roof's plane a point is. */
const aboveRoof = (x, y, eaves) =>
  ((y - eaves - nave.rise) * nave.half + Math.abs(x) * nave.rise) / slant;

const parts = {
  nave: (x, y, z) => {
    const roofed = Math.max(Math.abs(x) - nave.half, aboveRoof(x, y, nave.walls));
    return Math.max(roofed, Math.abs(z) - nave.length);
  },
  roof: (x, y, z) => {
    const slab = Math.abs(aboveRoof(x, y, nave.walls) - 0.05) - 0.045;
    const ends = Math.max(Math.abs(z) - nave.length - 0.14, Math.abs(x) - nave.half - 0.2);
    return Math.max(slab, ends);
  },
  plinth: (x, y, z) =>
    Math.min(
      box(x, y, z, [nave.half + 0.05, 0.2, nave.length + 0.05], 0.01),
      box(x, y, z - tower.z, [tower.half + 0.05, 0.2, tower.half + 0.05], 0.01),
    ),
  steps: (x, y, z) => {
    const foot = tower.z + tower.half;
    return Math.min(
      box(x, y, z - foot, [0.46, 0.16, 0.3], 0.01),
      box(x, y, z - foot, [0.54, 0.08, 0.46], 0.01),
    );
  },
  tower: (x, y, z) =>
    box(x, y - tower.walls / 2, z - tower.z, [tower.half, tower.walls / 2, tower.half], 0.01),
  cornices: (x, y, z) => {
    const wide = (half, at, thick) => box(x, y - at, z - tower.z, [half, thick, half], 0.01);
    return Math.min(wide(0.6, 3.1, 0.05), wide(0.57, 2.05, 0.03), wide(0.55, 3.95, 0.045));
  },
  belfry: (x, y, z) =>
    box(
      x,
      y - (belfry.from + belfry.to) / 2,
      z - tower.z,
      [belfry.half, (belfry.to - belfry.from) / 2, belfry.half],
      0.01,
    ),
  spire: (x, y, z) => {
    const [px, pz] = [Math.abs(x), Math.abs(z - tower.z)];
    // Eight sides.
    const r = Math.max(px, pz, (px + pz) * Math.SQRT1_2);
    const height = spire.to - spire.from;
    const length = Math.hypot(height, spire.half);
    const side = (r * height + (y - spire.from) * spire.half - spire.half * height) / length;
    return Math.max(side, spire.from - y);
  },
  cross: (x, y, z) => {
    const pz = z - tower.z;
    const upright = rod(x, y, pz, [0, 5.6, 0], [0, 6.16, 0], 0.026);
    return Math.min(upright, rod(x, y, pz, [-0.14, 5.99, 0], [0.14, 5.99, 0], 0.026));
  },
};
const names = Object.keys(parts);

/** Distance to the church, which stands on y = 0 and looks along z. */
export function churchDistance(x, y, z) {
  const bound = box(x, y - 3.1, z - 0.3, [1.7, 3.2, 3.2], 0);
  if (bound > 0.3) return bound;
  let nearest = Infinity;
  for (const name of names) nearest = Math.min(nearest, parts[name](x, y, z));
  return nearest;
}

const white = linear('#efeee8');
const trim = linear('#f7f6f1');

const surfaces = {
  nave: (x, y, z) => {
    if (Math.abs(z) > nave.length - 0.01) return clapboard(x, y);
    const along = ((((z + 0.6) / 1.15) % 1) + 1) % 1;
    return opening((along - 0.5) * 1.15, y - 0.5, { half: 0.2, high: 0.62 }) ?? clapboard(z, y);
  },
  roof: (x, y, z) => shingles(z, Math.abs(x) * 1.4, '#5b5f66'),
  plinth: (x, y, z) => ({
    colour: scaled(linear('#8d877d'), 0.6 + 0.7 * octaves(x * 5, y * 12, z * 5)),
  }),
  steps: (x, y, z) => ({
    colour: scaled(linear('#a39d92'), 0.8 + 0.3 * noise(x * 20, y * 20, z * 20)),
  }),
  tower: (x, y, z) => {
    const isFront = z > tower.z + tower.half - 0.01;
    const across = isFront ? x : z - tower.z;
    if (isFront) {
      const found = door(x, y - 0.16) ?? opening(x, y - 2.25, { half: 0.15, high: 0.4 });
      if (found) return found;
    }
    const side = opening(across, y - 2.25, { half: 0.15, high: 0.4 });
    return side ?? (Math.abs(across) > tower.half - 0.07 ? { colour: trim } : clapboard(across, y));
  },
  cornices: () => ({ colour: trim }),
  belfry: (x, y, z) => {
    const across = z > tower.z + belfry.half - 0.01 ? x : z - tower.z;
    return louvres(across, y - belfry.from - 0.12) ?? { colour: trim };
  },
  spire: (x, y, z) => shingles(x + z, y, '#4d5a5c'),
  cross: () => ({ colour: linear('#c9a24a'), gloss: 0.6, rough: 0.15 }),
};

/** The surface at a point of the church. */
export function churchSurface(x, y, z) {
  const distances = names.map((name) => parts[name](x, y, z));
  return surfaces[names[distances.indexOf(Math.min(...distances))]](x, y, z);
}

/** White boards, a line of shade under each. */
function clapboard(across, y) {
  const at = (((y / 0.085) % 1) + 1) % 1;
  const row = Math.floor(y / 0.085);
  const shade = 1 - 0.42 * smoothstep(0.78, 1, at);
  const tone = 0.93 + 0.07 * noise(across * 1.5, row * 3) + 0.05 * noise(across * 30, y * 60);
  return { colour: scaled(white, shade * tone) };
}

function shingles(along, down, hex) {
  const row = Math.floor(down / 0.09);
  const column = Math.floor(along / 0.13 + (row % 2) * 0.5);
  const tone = 0.72 + 0.45 * noise(row * 5.3, column * 3.7) + 0.12 * noise(along * 30, down * 30);
  const edge = 1 - 0.4 * smoothstep(0.75, 1, (((down / 0.09) % 1) + 1) % 1);
  return { colour: scaled(linear(hex), tone * edge) };
}

/** How far outside a pointed arch a point is, its sill at v = 0; negative inside. */
function arch(u, v, half, high) {
  const spring = high * 0.62;
  if (v < spring) return Math.max(Math.abs(u) - half, -v);
  const rise = high - spring;
  const reach = (half * half + rise * rise) / (2 * half);
  return Math.hypot(Math.abs(u) + reach - half, v - spring) - reach;
}

/** A window of leaded glass in a white frame, or undefined beside it. */
function opening(u, v, { half, high }) {
  const outside = arch(u, v, half, high);
  if (outside > 0.055) return undefined;
  if (outside > 0) return { colour: trim };
  const bars = Math.min(Math.abs(u), Math.abs(((((v / 0.14) % 1) + 1) % 1) - 0.5) * 0.14);
  if (bars < 0.012) return { colour: trim };
  const pane = noise(Math.floor(u / 0.1) * 3.1, Math.floor(v / 0.14) * 5.7);
  const glass = blend(linear('#16232e'), linear('#5d7c92'), clamp(0.25 + 0.5 * pane + v));
  return { colour: glass, gloss: 0.6, rough: 0.05 };
}

/** Two red leaves under a pointed arch. */
function door(u, v) {
  const outside = arch(u, v, 0.3, 1.02);
  if (outside > 0.07) return undefined;
  if (outside > 0) return { colour: trim };
  const planks = Math.abs(((((u / 0.1) % 1) + 1) % 1) - 0.5);
  const shade = (Math.abs(u) < 0.01 ? 0.3 : 1) * (1 - 0.3 * smoothstep(0.42, 0.5, planks));
  const hinge = Math.abs(v - 0.2) < 0.02 || Math.abs(v - 0.62) < 0.02;
  if (hinge && Math.abs(u) > 0.08) return { colour: [0.02, 0.02, 0.02] };
  return { colour: scaled(linear('#8e2a22'), shade * (0.85 + 0.3 * noise(u * 40, v * 3))) };
}

/** Slats before the bells. */
function louvres(u, v) {
  const outside = arch(u, v, 0.2, 0.6);
  if (outside > 0.04) return undefined;
  if (outside > 0) return { colour: trim };
  const slat = (((v / 0.055) % 1) + 1) % 1;
  return { colour: scaled(linear('#7c7f80'), 0.12 + 0.75 * smoothstep(0.75, 0.1, slat)) };
}

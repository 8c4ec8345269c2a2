import { clouded } from './clouds.mjs';
import { drawJumper } from './jumper.mjs';
import { develop, drawLayer } from './layers.mjs';
import {
  blend,
  clamp,
  cross,
  dot,
  encoded,
  linear,
  mix,
  normalized,
  smoothstep,
} from './maths.mjs';
import { octaves } from './noise.mjs';
import { fillPixels } from './pixels.mjs';

/** The canopy in its own units, a half width of 1, on the picture. */
const canopy = { x: 318, y: 152, size: 164, tilt: 0.3, turn: 0.13, lean: -0.1 };
const gores = 24;
/** Where the lines meet above the jumper, in the canopy's units below its rim. */
const knot = [0, -1.2, 0];

const sun = normalized([-0.55, 0.75, 0.35]);
const red = linear('#c8201f');
const white = linear('#efece4');

/** A parachute of red and white gores under a summer sky. */
export function parachute(context) {
  fillPixels(context, sky);
  drawLayer(context, 0.35, (layer) => {
    drawLines(layer, (depth) => depth < 0);
    drawCanopy(layer);
    drawLines(layer, (depth) => depth >= 0);
    const [x, y] = onPicture(knot);
    drawJumper(layer, { x, y, size: 0.8 });
  });
  develop(context, { grain: 2.6, seed: 9, vignette: 0.16 });
}

const zenith = linear('#2f6fb8');
const low = linear('#9cc4e4');

/** Blue, paler below, with heaps of fair weather low down. */
function sky(x, y) {
  const base = blend(zenith, low, smoothstep(-60, 470, y + 0.1 * x));
  return clouded(base, x / 190, y / 120, { seed: 4, amount: mix(0.34, 0.66, y / 480) });
}

/** A point of the canopy: `around` in turns, `down` from the top (0) to the rim (1). */
function surface(around, down) {
  const angle = 2 * Math.PI * around;
  // Between two lines the cloth bulges, and its rim is drawn up.
  const between = Math.abs(Math.sin(around * gores * Math.PI));
  const polar = mix(0.06, 1.62, down);
  const radius = Math.sin(polar) * (1 + 0.045 * between * down);
  const height = 0.74 * Math.cos(polar) + 0.05 * between * down ** 6;
  return [radius * Math.cos(angle), height, radius * Math.sin(angle)];
}

/** On the picture in pixels, and how near. */
function onPicture([x, y, z]) {
  const [c, s] = [Math.cos(canopy.tilt), Math.sin(canopy.tilt)];
  // The camera looks up from below: what is in front is higher.
  const [y1, z1] = [y * c + z * s, z * c - y * s];
  const [lc, ls] = [Math.cos(canopy.lean), Math.sin(canopy.lean)];
  const scale = canopy.size * (1 + 0.08 * z1);
  return [canopy.x + scale * (x * lc - y1 * ls), canopy.y - scale * (y1 * lc + x * ls), z1];
}

/** Small squares of cloth, the farthest first. */
function drawCanopy(context) {
  const [columns, rows] = [gores * 12, 52];
  const patches = [];
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < rows; j++) {
      const [u, v] = [i / columns + canopy.turn, j / rows];
      const [du, dv] = [1 / columns, 1 / rows];
      const corners = [
        [u, v],
        [u + du, v],
        [u + du, v + dv],
        [u, v + dv],
      ].map(([a, b]) => surface(a, b));
      const points = corners.map(onPicture);
      const depth = points.reduce((sum, point) => sum + point[2], 0);
      patches.push({ points, depth, colour: cloth(corners, u + du / 2, v + dv / 2) });
    }
  }
  patches.sort((a, b) => a.depth - b.depth);
  for (const { points, colour } of patches) {
    const levels = colour.map((value) => Math.round(encoded(value))).join(', ');
    context.fillStyle = `rgb(${levels})`;
    context.strokeStyle = context.fillStyle;
    context.lineWidth = 0.6;
    context.beginPath();
    for (const [x, y] of points) context.lineTo(x, y);
    context.closePath();
    context.fill();
    context.stroke();
  }
}

/** Light on the outside, and light that comes through on the inside. */
function cloth([a, b, , d], around, down) {
  const gore = (((around * gores) % gores) + gores) % gores;
  const colour = Math.floor(gore) % 2 === 0 ? red : white;
  const edge = Math.abs((gore % 1) - 0.5) * 2;
  const seam = 1 - 0.35 * smoothstep(0.88, 1, edge) - 0.4 * smoothstep(0.965, 0.985, down);
  const along = b.map((value, i) => value - a[i]);
  const across = d.map((value, i) => value - a[i]);
  const normal = normalized(cross(along, across));
  const outward = dot(normal, a) < 0 ? normal.map((value) => -value) : normal;
  const facing = dot(outward, sun);
  const [c, s] = [Math.cos(canopy.tilt), Math.sin(canopy.tilt)];
  const isOutside = outward[2] * c - outward[1] * s > 0;
  const folds = 1 + 0.07 * (octaves(around * 120, down * 7, 4, 3) - 0.5);
  const crown = smoothstep(0.02, 0.05, down);
  if (isOutside) {
    const light = 0.34 + 0.2 * outward[1] + 0.85 * Math.max(0, facing);
    return colour.map((value) => value * light * seam * folds * mix(0.4, 1, crown));
  }
  const through = (0.2 + 0.42 * Math.max(0, facing)) * mix(0.45, 1.1, down);
  return colour.map((value) => value ** 1.25 * through * seam * folds);
}

/** Lines from the rim to the knot; `wanted(depth)` chooses those in front or behind. */
function drawLines(context, wanted) {
  const end = onPicture(knot);
  for (let i = 0; i < gores; i++) {
    const from = onPicture(surface(i / gores + canopy.turn, 1));
    if (!wanted(from[2])) continue;
    context.strokeStyle = `rgba(238, 236, 228, ${clamp(0.5 + 0.25 * from[2], 0.3, 0.8)})`;
    context.lineWidth = 0.9;
    context.beginPath();
    context.moveTo(from[0], from[1]);
    context.quadraticCurveTo(mix(from[0], end[0], 0.55), mix(from[1], end[1], 0.5), end[0], end[1]);
    context.stroke();
  }
}

import { drawGrass } from './grass.mjs';
import { develop, drawLayer, fillBox } from './layers.mjs';
import { clamp, dot, encoded, linear, mix, normalized, smoothstep } from './maths.mjs';
import { icosphere } from './icosphere.mjs';
import { noise } from './noise.mjs';
import { seeded } from './random.mjs';

/** The ball in pixels. */
const ball = { x: 312, y: 226, radius: 138 };

const sun = normalized([-0.52, 0.72, 0.5]);

/** Rows of grass from far to near: where they stand, how high they are in pixels, how far out of focus. */
const behind = [
  { from: 170, to: 262, rows: 14, perRow: 60, height: 34, blur: 5 },
  { from: 258, to: 330, rows: 14, perRow: 60, height: 46, blur: 1.8 },
  { from: 326, to: 368, rows: 14, perRow: 60, height: 56, blur: 0.4 },
];
const inFront = [
  { from: 372, to: 452, rows: 14, perRow: 62, height: 72, blur: 0 },
  { from: 452, to: 545, rows: 9, perRow: 62, height: 92, blur: 2.4 },
];

/** A golf ball in the grass, in morning light. */
export function golfBall(context) {
  const random = seeded(23);
  const meadow = ({ height, blur, ...rows }) =>
    drawLayer(context, blur, (layer, { width }) =>
      drawGrass(layer, random, { ...rows, width, size: () => height, light: shadowed }),
    );
  drawLayer(context, 14, (layer) => drawFarMeadow(layer, random));
  behind.forEach(meadow);
  drawLayer(context, 0.5, drawBall);
  inFront.forEach(meadow);
  develop(context, { grain: 3, seed: 7, vignette: 0.3 });
}

/** Trees and a sunlit fairway, too far away to be told; beyond the picture too. */
function drawFarMeadow(context, random) {
  const base = context.createLinearGradient(0, 0, 0, 260);
  base.addColorStop(0, '#20391f');
  base.addColorStop(0.45, '#3c5f2b');
  base.addColorStop(0.62, '#7d9c45');
  base.addColorStop(1, '#5d8a2e');
  context.fillStyle = base;
  context.fillRect(-60, -60, 760, 600);
  for (let i = 0; i < 90; i++) {
    const [x, y] = [mix(-40, 680, random()), mix(-40, 130, random())];
    const bright = random() < 0.3;
    context.fillStyle = bright ? 'rgba(190, 205, 130, 0.5)' : 'rgba(14, 34, 16, 0.5)';
    context.beginPath();
    context.arc(x, y, mix(8, 26, random()), 0, 2 * Math.PI);
    context.fill();
  }
}

/** The ball's shadow falls to its right and lies close under it. */
function shadowed(x, y) {
  const cast = Math.hypot((x - ball.x - 95) / 150, (y - ball.y - 150) / 52);
  const under = Math.hypot((x - ball.x) / 120, (y - ball.y - 140) / 34);
  return mix(0.32, 1, Math.min(smoothstep(0.55, 1.15, cast), smoothstep(0.6, 1.2, under)));
}

function drawBall(context) {
  const { x: cx, y: cy, radius } = ball;
  const box = [cx - radius - 2, cy - radius - 2, cx + radius + 2, cy + radius + 2];
  const centres = icosphere(6).map(turned);
  fillBox(context, box, (x, y) => {
    const [u, v] = [(x - cx) / radius, (cy - y) / radius];
    const r = Math.hypot(u, v);
    const opacity = clamp((1 - r) * radius + 0.5);
    if (opacity === 0) return [0, 0, 0, 0];
    const inside = Math.min(1, 0.9995 / Math.max(r, 1e-6));
    const normal = [u * inside, v * inside, Math.sqrt(Math.max(0, 1 - Math.min(r, 0.9995) ** 2))];
    return [...lit(normal, centres).map(encoded), opacity];
  });
}

const paint = linear('#f4f3ee');
const skylight = linear('#c4d6ea');
const meadow = linear('#5f8a2c');

/** Light of a point of the ball from the sun, the sky, and the grass below. */
function lit(normal, centres) {
  const { tilted, depth } = dimpled(normal, centres);
  const facing = dot(tilted, sun);
  const sunlit = smoothstep(-0.12, 0.12, dot(normal, sun)) * Math.max(0, 0.12 + 0.88 * facing);
  const up = 0.5 + 0.5 * tilted[1];
  const open = (1 - 0.14 * depth) * mix(0.3, 1, smoothstep(-1, -0.3, normal[1]));
  const dirt = 1 - 0.05 * noise(normal[0] * 9 + 5, normal[1] * 9, normal[2] * 9);
  const half = normalized([sun[0], sun[1], sun[2] + 1]);
  const shine = 0.35 * Math.max(0, dot(tilted, half)) ** 60 + 0.07 * (1 - tilted[2]) ** 3 * up;
  return paint.map((value, c) => {
    const ambient = mix(meadow[c] * 0.9, skylight[c] * 0.5, up) * open;
    return value * dirt * (ambient + [1.05, 0.97, 0.82][c] * sunlit) * 0.92 + shine;
  });
}

const dimple = { radius: 0.087, slope: 0.6 };

/** The normal within the nearest dimple, and how deep that is from 0 to 1. */
function dimpled(normal, centres) {
  let nearest = centres[0];
  let most = -1;
  for (const centre of centres) {
    const near = dot(centre, normal);
    if (near > most) [nearest, most] = [centre, near];
  }
  const away = normal.map((value, i) => value - nearest[i] * most);
  const length = Math.max(1e-6, Math.hypot(...away));
  const d = length / dimple.radius;
  const slope = dimple.slope * d * smoothstep(1.06, 0.86, d);
  const tilted = normalized(normal.map((value, i) => value - (slope * away[i]) / length));
  return { tilted, depth: smoothstep(1, 0.3, d) };
}

/** Turned so that none of the ball's poles looks at the camera. */
function turned([x, y, z]) {
  const [c, s] = [Math.cos(0.5), Math.sin(0.5)];
  const [d, t] = [Math.cos(0.35), Math.sin(0.35)];
  const across = x * d - y * t;
  return [across * c + z * s, x * t + y * d, z * c - across * s];
}

import { drawBoat, waterline } from './boat.mjs';
import { blend, clamp, linear, mix, scaled, smoothstep } from './maths.mjs';
import { noise, octaves } from './noise.mjs';
import { fillPixels } from './pixels.mjs';

const horizon = 196;
const sun = { x: 505, y: 92 };

const zenith = linear('#3d78b4');
const haze = linear('#f6dcb9');
const glow = linear('#ffd08a');
const deep = linear('#0d3f58');
const shallow = linear('#2c7c8c');
const hill = linear('#6d8197');

/** A boat before the wind on a late afternoon. */
export function sailingBoat(context) {
  const { width, height } = context.canvas;
  drawBoat(context);
  const boat = context.getImageData(0, 0, width, height);
  fillPixels(context, (x, y) => (y < horizon ? skyOrHill(x, y) : sea(x, y, boat)), {
    grain: 1.2,
    seed: 3,
  });
  drawBoat(context);
  drawFoam(context);
}

function skyOrHill(x, y) {
  const far = horizon - 9 - 26 * octaves(x / 130, 4) * smoothstep(330, 0, x);
  const near = horizon - 3 - 40 * octaves(x / 70, 9) * smoothstep(170, -30, x);
  const colour = sky(x, y);
  const behind = blend(colour, blend(hill, haze, 0.35), smoothstep(far - 0.6, far + 0.6, y));
  return blend(behind, scaled(hill, 0.62), smoothstep(near - 0.6, near + 0.6, y));
}

function sky(x, y) {
  const down = clamp(y / horizon);
  const base = blend(zenith, haze, down ** 1.7);
  const toSun = Math.hypot(x - sun.x, y - sun.y);
  const warm = blend(base, glow, 0.75 * Math.exp(-toSun / 70));
  const disc = smoothstep(17, 14.5, toSun);
  const stretched = 0.35 + down * down * 2.4;
  const cloud = octaves(x / 150 + 3, (y * stretched) / 52, 2, 5);
  const cover = smoothstep(0.5, 0.74, cloud) * smoothstep(1.05, 0.6, down);
  const edge = octaves(x / 150 + 3.05, (y * stretched) / 52 - 0.12, 2, 5);
  const lit = blend(linear('#b9bccb'), linear('#fffaf0'), smoothstep(-0.06, 0.07, cloud - edge));
  const clouded = blend(warm, lit, 0.85 * cover);
  return clouded.map((value, i) => value + disc * [1, 0.85, 0.55][i] * 1.2 * (1 - cover));
}

/** Waves in perspective: each mirrors the sky that its slope looks at, the boat and the sun's path. */
function sea(x, y, boat) {
  const near = (y - horizon) / 231;
  const depth = 1 / (near + 0.012);
  const [u, v] = [(x - 320) * depth * 0.02, depth * 3.4];
  const swell = octaves(u * 0.5, v * 1.1, 1, 3) - 0.5;
  const ripple = octaves(u * 1.9 + swell, v * 3.6, 5, 4) - 0.5;
  const slope = (0.6 * swell + 0.9 * ripple) * (0.35 + 0.65 * near ** 0.3);
  const mirror = sky(
    x + 160 * ripple,
    clamp(horizon - 12 - (y - horizon) * 0.7 - 150 * slope, 0, horizon),
  );
  const facing = clamp(0.78 - 0.62 * near - 1.25 * slope, 0.08, 1);
  const body = blend(deep, shallow, clamp(0.35 + 1.7 * slope + 0.2 * near));
  const water = blend(body, mirror, facing * 0.8);
  const path = Math.exp(-(((x - sun.x) / (18 + 95 * near)) ** 2));
  const sparkle = smoothstep(0.06, 0.2, slope + 0.1 * (noise(u * 9, v * 11, 7) - 0.5));
  const lit = water.map((value, i) => value + path * (0.12 + 1.5 * sparkle) * glow[i]);
  return reflectedBoat(lit, x + 46 * ripple * (0.3 + near), y, slope, boat);
}

/** The boat upside down, torn by the waves and fading downwards. */
function reflectedBoat(water, x, y, slope, { width, data }) {
  const row = Math.round(waterline - (y - waterline) * 1.15 + 30 * slope);
  const column = Math.round(x);
  if (y < waterline - 1 || row < 0 || column < 0 || column >= width) return water;
  const at = 4 * (row * width + column);
  const colour = [0, 1, 2].map((c) => (data[at + c] / 255) ** 2.2 * 0.8);
  const opacity = (data[at + 3] / 255) * mix(0.7, 0.12, clamp((y - waterline) / 175));
  return blend(water, colour, opacity);
}

/** Bow wave and wake along the waterline. */
function drawFoam(context) {
  context.lineCap = 'round';
  for (let x = 128; x < 372; x += 2) {
    const inWake = x < 165 ? 0.5 : 1;
    const lift = 4 * noise(x / 9, 2) + (x > 335 ? (x - 335) / 9 : 0);
    context.strokeStyle = `rgba(255, 253, 246, ${(0.75 * inWake * noise(x / 6, 6)).toFixed(3)})`;
    context.lineWidth = 1 + 2.6 * noise(x / 5, 3);
    context.beginPath();
    context.moveTo(x - 3, waterline + 5 - lift * 0.4);
    context.lineTo(x + 5, waterline + 6.5 - lift);
    context.stroke();
  }
}

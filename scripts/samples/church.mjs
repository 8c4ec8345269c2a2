import { churchDistance, churchSurface } from './churchBuilding.mjs';
import { clouded } from './clouds.mjs';
import { develop, drawLayer } from './layers.mjs';
import { blend, linear, mix, normalized, scaled, smoothstep } from './maths.mjs';
import { noise, octaves } from './noise.mjs';
import { fillPixels } from './pixels.mjs';
import { seeded } from './random.mjs';
import { rayMarcher } from './rayMarcher.mjs';
import { drawTree } from './tree.mjs';

const zenith = linear('#2b64ad');
const low = linear('#a9cbe6');

/** What lies behind the meadow: woods on a hill, and the sky. */
function background([x, y, z]) {
  const across = Math.atan2(x, -z);
  const up = Math.atan2(y, Math.hypot(x, z));
  const crest =
    0.035 + 0.05 * octaves(across * 7 + 3, 2, 0, 4) + 0.008 * noise(across * 160, up * 60);
  if (up < crest) {
    const leaves = octaves(across * 90, up * 110, 4, 4);
    const depth = smoothstep(crest, crest - 0.05, up);
    const green = blend(linear('#24421f'), linear('#6d8f45'), smoothstep(0.3, 0.72, leaves));
    return blend(scaled(green, mix(1, 0.45, depth)), low, 0.18);
  }
  const base = blend(low, zenith, smoothstep(-0.02, 0.55, up));
  return clouded(base, across * 2.6 + 4, -up * 4.2, { seed: 12, amount: 0.62 });
}

function distance(x, y, z) {
  return Math.min(y, churchDistance(x, y, z));
}

function surface(x, y, z) {
  if (y > 0.012) return churchSurface(x, y, z);
  return { colour: meadow(x, z) };
}

/** Mown grass with a gravel path to the door, in places shaded by trees. */
function meadow(x, z) {
  const tuft = octaves(x * 5, z * 5, 2, 5);
  const fine = noise(x * 46, z * 30);
  const grass = blend(linear('#34561f'), linear('#718a42'), 0.65 * tuft + 0.35 * fine);
  const path = smoothstep(
    0.5,
    0.4,
    Math.abs(x - 0.06 * Math.max(0, z - 3) ** 2) + 0.12 * (tuft - 0.5),
  );
  const gravel = scaled(linear('#b9aa8e'), 0.7 + 0.5 * noise(x * 60, z * 60));
  const shade = smoothstep(
    1.3,
    0.7,
    Math.hypot((x - 3.4) / 2.4, (z - 4.2) / 1.4) + 0.5 * (tuft - 0.5),
  );
  const near = z > 2.4 ? path : 0;
  return scaled(blend(grass, gravel, near), 1 - 0.55 * shade);
}

const scene = {
  distance,
  surface,
  background,
  relief: () => 0,
  camera: { eye: [-5.6, 1.15, 12.4], target: [-0.1, 2.86, 0.4], zoom: 3.95 },
  key: { direction: normalized([0.62, 0.58, 0.52]), colour: [1.5, 1.36, 1.1], softness: 0.05 },
  sky: [0.23, 0.3, 0.42],
  bounce: [0.11, 0.13, 0.07],
};

/** A white wooden church on a summer's day. */
export function church(context) {
  const { width, height } = context.canvas;
  fillPixels(context, rayMarcher(scene, width, height));
  const random = seeded(31);
  drawLayer(context, 0.6, (layer) => {
    drawTree(layer, random, { x: width * 0.99, foot: height * 0.93, height: height * 0.62 });
    drawTree(layer, random, { x: width * 0.0, foot: height * 0.87, height: height * 0.36 });
  });
  develop(context, { grain: 2.4, seed: 12, vignette: 0.12 });
}

import { blend, linear, mix, smoothstep } from './maths.mjs';
import { octaves } from './noise.mjs';

const bright = linear('#ffffff');
const shaded = linear('#a9b7ca');

/** How much cloud is at a point, about 0.5 on average: large heaps with small round heads. */
function density(x, y, seed) {
  const [wx, wy] = [octaves(x + 5, y, seed, 3), octaves(x, y + 9, seed + 3, 3)];
  const [u, v] = [x + 0.55 * wx, y + 0.55 * wy];
  const heads = Math.abs(2 * octaves(u * 2.7, v * 2.7, seed + 7, 5) - 1);
  return octaves(u * 0.8, v * 0.8, seed, 6) + 0.2 * (heads - 0.2);
}

/** Lays fair-weather clouds over a sky's colour, linear light; `amount` from 0 to 1, features of about size 1. */
export function clouded(colour, x, y, { seed, amount }) {
  const edge = mix(0.75, 0.4, amount);
  const here = density(x, y, seed);
  const cover = smoothstep(edge, edge + 0.14, here);
  if (cover === 0) return colour;
  // Thick where it is dense, and towards the light less so: its foot is grey.
  const above = density(x - 0.06, y - 0.13, seed);
  const lit = smoothstep(0.12, -0.07, above - here + 0.25 * (here - edge - 0.12));
  return blend(colour, blend(shaded, bright, lit), 0.94 * cover);
}

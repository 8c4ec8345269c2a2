import { mix } from './maths.mjs';
import { hash } from './random.mjs';

const fade = (t) => t * t * (3 - 2 * t);

/** Smooth value noise from 0 to 1 with features of size 1. */
export function noise(x, y, z = 0) {
  const [ix, iy, iz] = [Math.floor(x), Math.floor(y), Math.floor(z)];
  const [u, v, w] = [fade(x - ix), fade(y - iy), fade(z - iz)];
  const row = (dy, dz) => mix(hash(ix, iy + dy, iz + dz), hash(ix + 1, iy + dy, iz + dz), u);
  return mix(mix(row(0, 0), row(1, 0), v), mix(row(0, 1), row(1, 1), v), w);
}

/** Octaves of noise, each twice as fine and half as strong; about 0.5 on average. */
export function octaves(x, y, z = 0, count = 4) {
  let sum = 0;
  let weight = 0.5;
  for (let i = 0; i < count; i++, weight /= 2) {
    const scale = 2 ** i;
    sum += weight * noise(x * scale + i * 17, y * scale - i * 9, z * scale + i * 5);
  }
  return sum / (1 - weight * 2);
}

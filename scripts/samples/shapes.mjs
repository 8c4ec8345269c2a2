import { clamp } from './maths.mjs';

/** Signed distances, after Inigo Quilez' articles on distance functions; some are bounds only. */

export const sphere = (x, y, z, radius) => Math.hypot(x, y, z) - radius;

export function ellipsoid(x, y, z, [a, b, c]) {
  const k = Math.hypot(x / a, y / b, z / c);
  const steep = Math.hypot(x / (a * a), y / (b * b), z / (c * c));
  return steep < 1e-9 ? -Math.min(a, b, c) : (k * (k - 1)) / steep;
}

/** A rod with round ends between two points. */
export function rod(x, y, z, [ax, ay, az], [bx, by, bz], radius) {
  const [dx, dy, dz] = [bx - ax, by - ay, bz - az];
  const [px, py, pz] = [x - ax, y - ay, z - az];
  const t = clamp((px * dx + py * dy + pz * dz) / (dx * dx + dy * dy + dz * dz));
  return Math.hypot(px - dx * t, py - dy * t, pz - dz * t) - radius;
}

/** A cone that stands on y = 0, with an edge rounded by `round`. */
export function cone(x, y, z, height, radius, round) {
  const r = Math.hypot(x, z);
  const length = Math.hypot(height, radius);
  const side = (r * height + (y - height) * radius) / length;
  return Math.max(side, -y) > 0 && side > 0 && y < 0
    ? Math.hypot(side, y) - round
    : Math.max(side, -y) - round;
}

/** The union of two shapes with a fillet of size k. */
export function smoothUnion(a, b, k) {
  const h = Math.max(k - Math.abs(a - b), 0) / k;
  return Math.min(a, b) - (h * h * k) / 4;
}

import { clamp, mix } from './maths.mjs';

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

/** A box by its half sides, its edges rounded by `round` within them. */
export function box(x, y, z, [a, b, c], round) {
  const [px, py, pz] = [Math.abs(x) - a + round, Math.abs(y) - b + round, Math.abs(z) - c + round];
  const outside = Math.hypot(Math.max(px, 0), Math.max(py, 0), Math.max(pz, 0));
  return outside + Math.min(0, Math.max(px, py, pz)) - round;
}

/** A disc that faces z, `half` thick each way, its edge rounded by `round`. */
export function disc(x, y, z, radius, half, round) {
  const [r, pz] = [Math.hypot(x, y) - radius + round, Math.abs(z) - half + round];
  return Math.hypot(Math.max(r, 0), Math.max(pz, 0)) + Math.min(0, Math.max(r, pz)) - round;
}

/** A ring that faces z. */
export const ring = (x, y, z, radius, thick) => Math.hypot(Math.hypot(x, y) - radius, z) - thick;

/** A way through points with its corners cut off twice (Chaikin). */
export function rounded(points, times = 2) {
  if (times === 0) return points;
  const between = (t) => (point, i) => point.map((value, c) => mix(value, points[i + 1][c], t));
  const [first, last] = [points[0], points.at(-1)];
  const early = points.slice(0, -1).map(between(0.25));
  const late = points.slice(0, -1).map(between(0.75));
  const cut = [first, ...early.flatMap((point, i) => [point, late[i]]), last];
  return rounded(cut, times - 1);
}

/** A bent rod through points. */
export function hose(x, y, z, points, radius) {
  let nearest = Infinity;
  for (let i = 1; i < points.length; i++) {
    nearest = Math.min(nearest, rod(x, y, z, points[i - 1], points[i], radius));
  }
  return nearest;
}

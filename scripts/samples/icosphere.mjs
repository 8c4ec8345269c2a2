import { normalized } from './maths.mjs';

/** The twelve corners of an icosahedron whose sides are 2 long. */
const golden = (1 + Math.sqrt(5)) / 2;
const corners = [-1, 1].flatMap((a) =>
  [-golden, golden].flatMap((b) => [
    [0, a, b],
    [a, b, 0],
    [b, 0, a],
  ]),
);

/** Points of a sphere on the faces of an icosahedron, each side of which is cut into `parts`: 10 parts² + 2. */
export function icosphere(parts) {
  const points = new Map();
  for (const face of faces()) {
    for (let s = 0; s <= parts; s++) {
      for (let t = 0; s + t <= parts; t++) {
        const shares = [s, t, parts - s - t];
        const sum = [0, 1, 2].map((c) => face.reduce((all, p, i) => all + p[c] * shares[i], 0));
        const point = normalized(sum);
        // Faces share the points of their sides.
        points.set(point.map((value) => Math.round(value * 1e4)).join(), point);
      }
    }
  }
  return [...points.values()];
}

function faces() {
  const isSide = (p, q) => Math.hypot(...p.map((value, i) => value - q[i])) < 2.1;
  const found = [];
  for (const [i, a] of corners.entries()) {
    for (const [j, b] of corners.entries()) {
      if (j <= i || !isSide(a, b)) continue;
      const thirds = corners.slice(j + 1).filter((c) => isSide(a, c) && isSide(b, c));
      found.push(...thirds.map((c) => [a, b, c]));
    }
  }
  return found;
}

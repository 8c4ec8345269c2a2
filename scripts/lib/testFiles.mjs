import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './root.mjs';

/** The whole of a ring. */
const whole = { lane: 0, lanes: 1 };

/** A ring's built test files, found by their name; of several lanes each has its share. */
export function testFiles(ring, { lane, lanes } = whole) {
  const folder = inRoot('out', 'test', ring);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true });
  return names
    .filter((name) => name.endsWith('.test.js'))
    .sort()
    .filter((_, index) => laneOf(index, lanes) === lane)
    .map((name) => join(folder, name));
}

/** Dealt there and back, as 0 1 1 0 0 1 1 0: neighbours by name are often alike in length. */
function laneOf(index, lanes) {
  const step = index % (2 * lanes);
  return Math.min(step, 2 * lanes - 1 - step);
}

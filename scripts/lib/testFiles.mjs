import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './root.mjs';

/** A ring's built test files, in the order of their names. */
export function testFiles(ring) {
  return namesOf(ring).map((name) => inBuild(ring, name));
}

/**
 * Gives each of a ring's built test files once, to whoever asks next, undefined after the last. The largest
 * sources come first: nobody is left with a long one at the end.
 */
export function dealFiles(ring) {
  const size = (name) => statSync(inRoot('test', ring, name.replace(/\.js$/, '.ts'))).size;
  const names = namesOf(ring).sort((a, b) => size(b) - size(a));
  return () => {
    const name = names.shift();
    return name && inBuild(ring, name);
  };
}

function namesOf(ring) {
  const folder = inRoot('out', 'test', ring);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.test.js')).sort();
}

const inBuild = (ring, name) => join(inRoot('out', 'test', ring), name);

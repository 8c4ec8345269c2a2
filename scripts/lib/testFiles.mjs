import { readdirSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import { inRoot } from './root.mjs';

/** A folder's tests by their paths under test/, with slashes, in the order of their names. */
export function testsIn(folder) {
  const names = readdirSync(inRoot('test', folder), { recursive: true });
  return names
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name.split(sep).join('/')}`)
    .sort();
}

/** Where the build puts a test. */
export function builtTest(test) {
  return inRoot('out', 'test', test.replace(/\.ts$/, '.js'));
}

/**
 * Gives each of these lists of tests once, built, to whoever asks next, undefined after the last. Those with the
 * largest sources come first: nobody is left with a long one at the end.
 */
export function dealTests(lists) {
  const size = (test) => statSync(inRoot('test', test)).size;
  const sum = (tests) => tests.reduce((total, test) => total + size(test), 0);
  const left = [...lists].sort((a, b) => sum(b) - sum(a));
  return () => left.shift()?.map(builtTest);
}

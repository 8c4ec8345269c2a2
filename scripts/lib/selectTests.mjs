import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { inRoot } from './root.mjs';
import { testsIn } from './testFiles.mjs';

const ending = '.test.ts';
/** Fewer letters in common with a title that is put together prove nothing. */
const fewLetters = 4;

/**
 * What `asked` means: names of rings, paths of files or folders (from here or from test/, the ending may be left out),
 * and for the rest words of titles, within what is asked for otherwise. Gives the tests by ring and the words; a word
 * that fits nothing is an error. `usual` rings are those that run where none is named.
 */
export function selectTests(asked, { rings, usual }) {
  const found = asked.map((text) => testsAt(text, rings));
  const words = asked.filter((_, index) => !found[index]).join(' ');
  const places = found.filter(Boolean).flat();
  const within = found.some(Boolean) ? [...new Set(places)].sort() : usual.flatMap(testsIn);
  const tests = words ? within.filter((test) => mayHaveTitle(test, words)) : within;
  if (tests.length === 0) throw new Error(nothingFits(words || asked.join(' '), rings));
  const inRing = (ring) => tests.filter((test) => test.startsWith(`${ring}/`));
  const byRing = rings.map((ring) => [ring, inRing(ring)]);
  return { words, tests: Object.fromEntries(byRing.filter(([, its]) => its.length > 0)) };
}

/** The tests of a ring, a folder or a file; undefined where the text names none of them. */
function testsAt(text, rings) {
  if (rings.includes(text)) return testsIn(text);
  for (const place of [resolve(text), inRoot('test', text)]) {
    const path = relative(inRoot('test'), place).split(sep).join('/').replace(/\.ts$/, '');
    if (!rings.some((ring) => path === ring || path.startsWith(`${ring}/`))) continue;
    const file = path.endsWith('.test') ? `${path}.ts` : `${path}${ending}`;
    if (existsSync(inRoot('test', file))) return [file];
    if (existsSync(inRoot('test', path))) return testsIn(path);
  }
  return undefined;
}

function nothingFits(text, rings) {
  return (
    `no test fits "${text}": say a ring (${rings.join(', ')}), the path of a file or folder under test, ` +
    'or words of a title'
  );
}

/** Whether a title in this file has the words, or may have them where it is put together as the file runs. */
function mayHaveTitle(test, words) {
  const sought = plain(words);
  return titlesIn(readFileSync(inRoot('test', test), 'utf8')).some((title) => {
    const pieces = title.split(/\$\{[^}]*\}+/).map(plain);
    if (pieces.some((piece) => piece.includes(sought) || isLongIn(piece, sought))) return true;
    return pieces.length > 1 && pieces.some((piece) => overlap(piece, sought));
  });
}

/** First arguments of describe and it. */
function titlesIn(source) {
  const calls = source.matchAll(/\b(?:describe|it)\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g);
  return [...calls].map(([, , title]) => title.replaceAll(/\\(.)/g, '$1'));
}

const plain = (text) => text.replaceAll(/\s+/g, ' ').toLowerCase();

/** A whole title inside what is sought: the report's line of a test begins with those of its groups. */
function isLongIn(piece, sought) {
  return piece.trim().length >= fewLetters && sought.includes(piece.trim());
}

/** Whether one begins as the other ends. */
function overlap(piece, sought) {
  for (let letters = Math.min(piece.length, sought.length); letters >= fewLetters; letters--) {
    if (piece.endsWith(sought.slice(0, letters)) || piece.startsWith(sought.slice(-letters)))
      return true;
  }
  return false;
}

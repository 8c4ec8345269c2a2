import { labelFolder, noQuestions, type Labelled } from '../../src/host/evaluate/labelFolder';
import { alexNets } from '../../src/library/alexNets';
import { memoryTree, type MemoryFolder } from './memoryTree';

export const classCount = 1000;

/** Numbers from 0 to 1 that look like chance, the same in every run (mulberry32). */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Three classes, of which the third has a folder by index and one by label. */
export const folders = {
  '482': 5,
  n01440764: 40,
  English_springer: 30,
  'cassette player': 20,
} as const;
/** The true class of a picture by its number, as the folders have them. */
export const truthOf = (number: number): number =>
  number < 5 ? 482 : number < 45 ? 0 : number < 75 ? 217 : 482;
export const classes = [0, 217, 482];

export function picturesOf(counts: Readonly<Record<string, number>>): MemoryFolder {
  let seed = 0;
  return Object.fromEntries(
    Object.entries(counts).map(([name, count]) => [
      name,
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`${index}.png`, Uint8Array.of(seed++)]),
      ),
    ]),
  );
}

/** Drawn so that about half are right and a tenth falls on classes that no folder has. */
export function logitsOf(seed: number, truth: number): Float32Array {
  const next = draws(seed + 1);
  const logits = Float32Array.from({ length: classCount }, () => next());
  const aim = next();
  const target = aim < 0.5 ? truth : aim < 0.9 ? (classes[seed % classes.length] ?? 0) : seed + 600;
  logits[target] = 1 + next();
  return logits;
}

export function label(tree: MemoryFolder): Promise<Labelled> {
  return labelFolder(memoryTree(tree), alexNets.keras, noQuestions) as Promise<Labelled>;
}

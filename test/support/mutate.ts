import { unit } from './formula';

/** Draws a whole number from 0 to below its argument. */
type Below = (count: number) => number;
type Change = (bytes: Uint8Array, at: number, below: Below) => Uint8Array;

/** Where readers count wrongly: the ends of what numbers of each width can say, and one past them. */
const telling = [0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff]; // prettier-ignore

const changes: readonly Change[] = [
  (bytes, at) => bytes.subarray(0, at),
  (bytes, at, below) => {
    bytes[at] = (bytes[at] ?? 0) ^ (1 + below(255));
    return bytes;
  },
  (bytes, at, below) => {
    bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
    return bytes;
  },
  (bytes, at) => bytes.fill(0xff, at, at + 8),
  (bytes, at) => bytes.fill(0, at, at + 16),
  (bytes, at, below) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(below(bytes.length))]),
  (bytes, at, below) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(9))]),
  (bytes, _, below) => {
    for (let n = 1 + below(6); n > 0; n--) bytes[below(bytes.length)] = below(256);
    return bytes;
  },
  (bytes, at, below) => {
    const size = [2, 4, 8][below(3)] ?? 2;
    const number = Buffer.alloc(size);
    number.writeUIntLE(
      (telling[below(telling.length)] ?? 0) % 2 ** (8 * size),
      0,
      Math.min(6, size),
    );
    bytes.set((below(2) === 0 ? number : number.reverse()).subarray(0, bytes.length - at), at);
    return bytes;
  },
];

/** A broken copy of a file, one to three things done to it: what was done depends on nothing but the seed. */
export function mutate(original: Uint8Array, seed: number): Uint8Array {
  let drawn = 0;
  const below: Below = (count) => Math.floor((unit(drawn++, seed) + 0.5) * count);
  let bytes = Uint8Array.from(original);
  for (let n = Math.max(1, below(6) - 2); n > 0 && bytes.length > 0; n--) {
    // More often near the beginning, where headers are.
    const at = Math.floor((unit(drawn++, seed) + 0.5) ** 2 * bytes.length);
    const change = changes[below(changes.length)] ?? changes[0];
    if (change) bytes = Uint8Array.from(change(bytes, at, below));
  }
  return bytes;
}

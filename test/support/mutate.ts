import { unit } from './formula';

/** A broken copy of a file: what was done depends on nothing but the seed. */
export function mutate(bytes: Uint8Array, seed: number): Uint8Array {
  const draw = (k: number): number => unit(k, seed) + 0.5;
  const at = Math.floor(draw(0) ** 2 * bytes.length);
  const copy = Uint8Array.from(bytes);
  switch (seed % 5) {
    case 0:
      return copy.subarray(0, at);
    case 1:
      copy[at] = (copy[at] ?? 0) ^ (1 + Math.floor(draw(1) * 255));
      return copy;
    case 2:
      return copy.fill(0xff, at, at + 8);
    case 3:
      return copy.fill(0, at, at + 16);
    default: {
      const from = Math.floor(draw(2) * bytes.length);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(from)]);
    }
  }
}

/**
 * Random numbers that depend on nothing but what they are drawn for, such as (seed, 'order', epoch): no generator's
 * state has to be kept for a training to go on where it stopped. FNV-1a of the purpose, then murmur3's finaliser.
 */
export class Draws {
  private readonly stream: number;
  private count = 0;

  constructor(...purpose: readonly (string | number)[]) {
    this.stream = hashOf(purpose.join('/'));
  }

  /** From 0 to below 1. */
  next(): number {
    return this.whole() / 2 ** 32;
  }

  /** From `low` to below `high`. */
  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Whole, from 0 to 2³² - 1. */
  whole(): number {
    return mix(mix(Math.imul(++this.count, 0x9e3779b9)) ^ this.stream);
  }

  /** Mean 0, deviation 1 (Box and Muller 1958). */
  gaussian(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return radius * Math.cos(2 * Math.PI * this.next());
  }

  /** 0 to count - 1 in any order (Fisher and Yates). */
  order(count: number): Int32Array {
    const order = Int32Array.from({ length: count }, (_, index) => index);
    for (let last = count - 1; last > 0; last--) {
      const other = Math.floor(this.next() * (last + 1));
      [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
    }
    return order;
  }
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return mix(hash);
}

function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Tensors by formula, as the oracles were made with (murmur3's finaliser of a counter), so that no weight file is needed. */

/** Value i of stream `seed`, from -0.5 to below 0.5. */
export function unit(i: number, seed: number): number {
  let h = (i + Math.imul(seed, 0x9e3779b9)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32 - 0.5;
}

/** `count` weights with this fan-in: unit · √(24 / fanIn). */
export function weights(count: number, fanIn: number, seed: number): Float32Array {
  const scale = Math.sqrt(24 / fanIn);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = unit(i, seed) * scale;
  return values;
}

/** The same drawn as [outputs, inputs] and given as [inputs, outputs]; `place` says which input a row holds. */
export function turnedWeights(
  [inputs, outputs]: readonly [number, number],
  seed: number,
  place: (row: number) => number,
): Float32Array {
  const scale = Math.sqrt(24 / inputs);
  const values = new Float32Array(inputs * outputs);
  for (let row = 0, to = 0; row < inputs; row++) {
    const end = to + outputs;
    for (let from = place(row); to < end; from += inputs) values[to++] = unit(from, seed) * scale;
  }
  return values;
}

/** `count` numbers base + unit · scale. */
export function numbers(count: number, seed: number, scale: number, base = 0): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => base + unit(i, seed) * scale);
}

/** The oracles' picture: two colour ramps and noise; row-major RGB bytes [height, width, 3]. */
export function image(height: number, width: number, seed: number): Uint8Array {
  const rgb = new Uint8Array(height * width * 3);
  for (let i = 0; i < rgb.length; i++) {
    const pixel = Math.floor(i / 3);
    const [y, x] = [Math.floor(pixel / width), pixel % width];
    const bases = [
      (y * 255) / (height - 1),
      (x * 255) / (width - 1),
      ((Math.floor(x / 16) + Math.floor(y / 16)) % 2) * 160,
    ];
    const noise = (unit(i, seed) + 0.5) * 64;
    rgb[i] = Math.min(255, Math.floor((bases[i % 3] ?? 0) * 0.75 + noise));
  }
  return rgb;
}

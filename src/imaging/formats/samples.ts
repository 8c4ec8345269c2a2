/** Returns a reader of a row's n-th sample of 1 to 16 bits; of big-endian 16 bits it takes the high byte, as Pillow. */
export function sampleReader(bits: number): (row: Uint8Array, index: number) => number {
  if (bits === 8) return (row, index) => row[index] ?? 0;
  if (bits === 16) return (row, index) => row[2 * index] ?? 0;
  const perByte = 8 / bits;
  const mask = (1 << bits) - 1;
  return (row, index) => {
    const shift = 8 - bits * ((index % perByte) + 1);
    return ((row[Math.floor(index / perByte)] ?? 0) >> shift) & mask;
  };
}

/** The factor that spreads grey samples of 1, 2 or 4 bits over 0 to 255. */
export function greyScale(bits: number): number {
  return bits < 8 ? 255 / ((1 << bits) - 1) : 1;
}

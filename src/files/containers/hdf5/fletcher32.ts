/** Words that can be added before a sum of 32 bits could overflow. */
const wordsAtOnce = 360;

/** Fletcher's checksum of 16-bit words, high byte first, as HDF5 has it; a last odd byte is a word's high one. */
export function fletcher32(bytes: Uint8Array): number {
  let sum = 0;
  let sums = 0;
  const fold = (value: number): number => (value & 0xffff) + (value >>> 16);
  for (let at = 0; at < bytes.length;) {
    const end = Math.min(bytes.length, at + 2 * wordsAtOnce);
    for (; at < end; at += 2) {
      sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      sums += sum;
    }
    sum = fold(sum);
    sums = fold(sums);
  }
  return ((fold(sums) << 16) | fold(sum)) >>> 0;
}

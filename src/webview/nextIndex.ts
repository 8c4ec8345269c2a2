/** The index after another one, round and round; the first where there was none; undefined in an empty list. */
export function nextIndex(index: number | undefined, length: number): number | undefined {
  if (length === 0) return undefined;
  return index === undefined ? 0 : (index + 1) % length;
}

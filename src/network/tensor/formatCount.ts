/** `34,944`: every digit, grouped as papers print it. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

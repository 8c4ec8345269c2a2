import { damaged } from '../byteReader';

/** Undoes a row's filter in place (PNG specification, section 9); for a pass's first row `above` is all zeros. */
export function unfilter(type: number, row: Uint8Array, above: Uint8Array, step: number): void {
  switch (type) {
    case 0:
      return;
    case 1:
      for (let i = step; i < row.length; i++) row[i] = (row[i] ?? 0) + (row[i - step] ?? 0);
      return;
    case 2:
      for (let i = 0; i < row.length; i++) row[i] = (row[i] ?? 0) + (above[i] ?? 0);
      return;
    case 3:
      for (let i = 0; i < row.length; i++) {
        const left = i < step ? 0 : (row[i - step] ?? 0);
        row[i] = (row[i] ?? 0) + ((left + (above[i] ?? 0)) >> 1);
      }
      return;
    case 4:
      for (let i = 0; i < row.length; i++) {
        const left = i < step ? 0 : (row[i - step] ?? 0);
        const corner = i < step ? 0 : (above[i - step] ?? 0);
        row[i] = (row[i] ?? 0) + paeth(left, above[i] ?? 0, corner);
      }
      return;
    default:
      throw damaged('PNG', `row filter ${type} is unknown`);
  }
}

/** The neighbour nearest to left + above - corner; left wins ties, then above. */
function paeth(left: number, above: number, corner: number): number {
  const toLeft = Math.abs(above - corner);
  const toAbove = Math.abs(left - corner);
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

import { damaged } from '../byteReader';

const lengths = 16;
const mostOfDc = 15;
const mostSampling = 4;

/** Checks Huffman tables (T.81, B.2.4.2): as many codes of each length as there can be, and sizes of DC values. */
export function checkHuffman(tables: Uint8Array): void {
  for (let at = 0; at < tables.length;) {
    const isDc = (tables[at] ?? 0) >> 4 === 0;
    const counts = tables.subarray(at + 1, at + 1 + lengths);
    const symbols = counts.reduce((sum, count) => sum + count, 0);
    let free = 1;
    for (const count of counts) free = 2 * free - count;
    const first = at + 1 + lengths;
    const isWrong = isDc && tables.subarray(first, first + symbols).some((size) => size > mostOfDc);
    if (free < 0 || isWrong || first + symbols > tables.length)
      throw damaged('JPEG', 'a table of its codes cannot be');
    at = first + symbols;
  }
}

/** Checks how often the components of a frame are sampled (T.81, B.2.2). */
export function checkSampling(frame: Uint8Array): void {
  const factors = frame.subarray(7).filter((_, at) => at % 3 === 0);
  const isRight = (factor: number): boolean => factor >= 1 && factor <= mostSampling;
  if (!factors.every((both) => isRight(both >> 4) && isRight(both & 15)))
    throw damaged('JPEG', 'a component of it is sampled as none can be');
}

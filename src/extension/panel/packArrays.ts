import { isNumbers, withArrays, type Numbers } from '../../protocol/messageArrays';

/** Where arrays begin in their common buffer: a multiple of the largest element. */
const alignment = 8;

/**
 * The same message with all its arrays in one buffer. VS Code sends each buffer of a message as an argument of its own,
 * and of more than 253 loses those above: a run of a network of 150 layers has 300.
 */
export function packArrays<T>(message: T): T {
  const arrays = new Set<Numbers>();
  collect(message, arrays);
  if (arrays.size < 2) return message;
  const places = new Map<Numbers, number>();
  let size = 0;
  for (const array of arrays) {
    places.set(array, size);
    size += Math.ceil(array.byteLength / alignment) * alignment;
  }
  const buffer = new ArrayBuffer(size);
  const moved = new Map<Numbers, Numbers>();
  for (const [array, at] of places) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    new Uint8Array(buffer).set(bytes, at);
    moved.set(array, viewLike(array, buffer, at));
  }
  return withArrays(message, (array) => moved.get(array) ?? array);
}

function collect(value: unknown, into: Set<Numbers>): void {
  if (isNumbers(value)) into.add(value);
  else if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) collect(part, into);
}

function viewLike(array: Numbers, buffer: ArrayBuffer, at: number): Numbers {
  const kind = array.constructor as new (of: ArrayBuffer, at: number, length: number) => Numbers;
  // Node's Buffer is a Uint8Array that cannot be made so.
  if (array instanceof Uint8Array) return new Uint8Array(buffer, at, array.length);
  return new kind(buffer, at, array.length);
}

/** The kinds of arrays that messages hold. */
export type Numbers =
  | Float32Array
  | Float64Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint32Array
  | Int32Array;

export function isNumbers(value: unknown): value is Numbers {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** The same message with what `change` gives in place of each of its arrays. */
export function withArrays<T>(message: T, change: (array: Numbers) => Numbers): T {
  const copy = (value: unknown): unknown => {
    if (isNumbers(value)) return change(value);
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copy(part)]));
  };
  return copy(message) as T;
}

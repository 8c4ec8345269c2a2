type Typed = Float32Array | Uint32Array | Uint8Array;

/**
 * A message whose typed arrays own their bytes. Node reads them as views of the whole message,
 * which a webview would be sent once for each of them, and which a kept array would keep alive.
 */
export function ownArrays<T>(message: T): T {
  return copy(message) as T;
}

function copy(value: unknown): unknown {
  if (isTyped(value)) return value.byteLength === value.buffer.byteLength ? value : value.slice();
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)]));
}

function isTyped(value: unknown): value is Typed {
  const kinds = [Float32Array, Uint32Array, Uint8Array];
  return kinds.some((kind) => value instanceof kind);
}

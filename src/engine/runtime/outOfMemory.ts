/** Memory ran out: the host replaces a process that throws this, as nobody knows what its heap holds now. */
export class OutOfMemoryError extends Error {
  override readonly name = 'OutOfMemoryError';
}

/** How TensorFlow.js' backends say that memory ran out: WebAssembly's heap (XNNPACK's status 6), Node's arrays, TensorFlow's allocator. */
const signs = [
  /offset is out of bounds/,
  /Array buffer allocation failed/,
  /Invalid typed array length/,
  /^XNN status .* status 6\b/,
  /out of memory|OOM/i,
];

/** Runs work that takes much memory, and says so when that was not to be had. */
export async function explainMemory<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (!signs.some((sign) => sign.test(text))) throw error;
    throw new OutOfMemoryError(
      'the engine ran out of memory and was stopped; it starts again with the next picture',
      { cause: error },
    );
  }
}

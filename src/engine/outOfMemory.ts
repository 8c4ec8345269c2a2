import { EngineError } from './engineError';

/** How TensorFlow.js' backends say that memory ran out: WebAssembly's heap, Node's arrays, TensorFlow's allocator. */
const signs = [
  /offset is out of bounds/,
  /Array buffer allocation failed/,
  /Invalid typed array length/,
  /out of memory|OOM/i,
];

/** Runs work that takes much memory, and says so when that was not to be had. */
export function explainMemory<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const text = String(error);
    if (!signs.some((sign) => sign.test(text))) throw error;
    throw new EngineError('the engine ran out of memory; restart it by "AlexNet: Restart Engine"', {
      cause: error,
    });
  }
}

/** A turn of the event loop, so that messages leave and a cancellation can arrive. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A person sees no more than ten changes a second. */
export const progressMilliseconds = 100;

/**
 * Passes a call on when this many milliseconds have gone by since the last one that was passed on.
 * The other end of a channel wakes up for every message, on a core that the threads of a layer may need.
 */
export function paced<A extends unknown[]>(
  milliseconds: number,
  call: (...args: A) => void,
): (...args: A) => void {
  let last = performance.now();
  return (...args) => {
    const now = performance.now();
    if (now - last < milliseconds) return;
    last = now;
    call(...args);
  };
}

/** A turn of the event loop, so that messages leave and a cancellation can arrive. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

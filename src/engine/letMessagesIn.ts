/** A turn of the event loop, so that messages leave and a cancellation can arrive. */
export function letMessagesIn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

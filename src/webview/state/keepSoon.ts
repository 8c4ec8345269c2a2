const pauseMilliseconds = 150;

/** Keeps a change at once, since a page can go away without a moment to spare; of many quick ones, such as a pan, the last of each pause. */
export function keepSoon<T>(keep: (value: T) => void): (value: T) => void {
  let pausing = false;
  let waiting: { readonly value: T } | undefined;
  const flush = (): void => {
    if (!waiting) return;
    keep(waiting.value);
    waiting = undefined;
  };
  const flushAndPause = (): void => {
    pausing = waiting !== undefined;
    flush();
    if (pausing) setTimeout(flushAndPause, pauseMilliseconds);
  };
  window.addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', flush);
  return (value) => {
    waiting = { value };
    if (!pausing) flushAndPause();
  };
}

const quietMilliseconds = 150;

/** Keeps the last of many quick changes, such as a pan, and keeps at once when the page goes away. */
export function keepSoon<T>(keep: (value: T) => void): (value: T) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: { readonly value: T } | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    if (waiting) keep(waiting.value);
    waiting = undefined;
  };
  window.addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', flush);
  return (value) => {
    waiting = { value };
    clearTimeout(timer);
    timer = setTimeout(flush, quietMilliseconds);
  };
}

/** Remembers what was last drawn, so that a part of the page is redrawn only when its sources changed. */
export function dirtyCheck(): (...sources: readonly unknown[]) => boolean {
  let last: readonly unknown[] | undefined;
  return (...sources) => {
    const changed = last?.some((source, index) => !Object.is(source, sources[index])) ?? true;
    last = sources;
    return changed;
  };
}

/** Does work once a frame, however often it is asked for. */
export function framed(work: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      work();
    });
  };
}

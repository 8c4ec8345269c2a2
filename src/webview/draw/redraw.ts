/** Remembers what was last drawn, so that a part of the page is redrawn only when its sources changed. */
export function dirtyCheck(): (...sources: readonly unknown[]) => boolean {
  let last: readonly unknown[] | undefined;
  return (...sources) => {
    const changed =
      last?.length !== sources.length ||
      last.some((source, index) => !Object.is(source, sources[index]));
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

/** A debounced function: `soon` runs it after a pause without further calls, `now` at once if it is due. */
export function settled(
  work: () => void,
  pauseMilliseconds: number,
): { readonly soon: () => void; readonly now: () => void; readonly never: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const never = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const now = (): void => {
    if (timer === undefined) return;
    never();
    work();
  };
  const soon = (): void => {
    never();
    timer = setTimeout(now, pauseMilliseconds);
  };
  return { soon, now, never };
}

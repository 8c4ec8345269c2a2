/** Remembers what was last drawn, so that a part of the page is redrawn only when its sources changed. */
export function onChange(): (...sources: readonly unknown[]) => boolean {
  let last: readonly unknown[] | undefined;
  return (...sources) => {
    const changed = last?.some((source, index) => !Object.is(source, sources[index])) ?? true;
    last = sources;
    return changed;
  };
}

/** Milliseconds of one way of doing something, over several runs. */
export interface Measure {
  readonly name: string;
  readonly milliseconds: readonly number[];
}

/** Runs each of several ways in turn, so that what else the machine does falls on all of them alike. */
export async function alternate(
  ways: Readonly<Record<string, () => unknown>>,
  runs: number,
): Promise<readonly Measure[]> {
  const times = Object.entries(ways).map(([name, run]) => ({
    name,
    run,
    milliseconds: [] as number[],
  }));
  for (let i = 0; i < runs; i++) {
    for (const { run, milliseconds } of times) {
      const start = performance.now();
      await run();
      milliseconds.push(performance.now() - start);
    }
  }
  return times.map(({ name, milliseconds }) => ({ name, milliseconds }));
}

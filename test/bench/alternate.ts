/** One way of doing something, over several runs; in milliseconds unless `unit` says otherwise. */
export interface Measure {
  readonly name: string;
  readonly values: readonly number[];
  readonly unit?: 'MB' | '×';
}

/** Runs each of several ways in turn, so that what else the machine does falls on all of them alike. */
export async function alternate(
  ways: Readonly<Record<string, () => unknown>>,
  runs: number,
): Promise<readonly Measure[]> {
  const times = Object.entries(ways).map(([name, run]) => ({
    name,
    run,
    values: [] as number[],
  }));
  for (let i = 0; i < runs; i++) {
    for (const { run, values } of times) {
      const start = performance.now();
      await run();
      values.push(performance.now() - start);
    }
  }
  return times.map(({ name, values }) => ({ name, values }));
}

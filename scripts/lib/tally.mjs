import { mkdirSync, rmSync } from 'node:fs';
import { readRecords } from './record.mjs';
import { stopwatch } from './seconds.mjs';

const briefLines = 8;

/** What passed, failed and was skipped over all steps; a failing step never stops the next. */
export class Tally {
  rows = [];

  /** Runs a step that passes or throws, and counts it as one test. */
  async check(name, step) {
    const elapsed = stopwatch();
    const error = await attempt(step);
    if (error) console.log(`\n${error.message}`);
    console.log(`${error ? '✗' : '✓'} ${name} (${elapsed()})`);
    const failures = error ? [error.message] : [];
    this.rows.push({ name, passed: error ? 0 : 1, failed: failures.length, skipped: 0, failures });
  }

  /**
   * Runs a ring that leaves records of its runs in a folder. A ring that is broken, ends badly or runs nothing is a
   * failure; with `mayBeEmpty`, nothing to run is none.
   */
  async ring(name, records, start, { mayBeEmpty = false } = {}) {
    const elapsed = stopwatch();
    console.log(`\n— ${name} —`);
    rmSync(records, { recursive: true, force: true });
    mkdirSync(records, { recursive: true });
    let code = 1;
    const error = await attempt(async () => (code = await start()));
    if (error) console.log(error.message);
    const row = { name, ...readRecords(records) };
    const ran = row.passed + row.failed + row.skipped > 0;
    if (error) addFailure(row, error.message);
    else if (row.failed === 0 && code !== 0) addFailure(row, `ended with ${code}`);
    else if (!ran && !mayBeEmpty) addFailure(row, 'no test ran');
    console.log(`${name}: ${sentence(row)} (${elapsed()})`);
    this.rows.push(row);
  }

  /** The test files that took longest, with their seconds. */
  slowestFiles(count) {
    const files = this.rows.flatMap(({ name, files = [] }) =>
      files.map(([file, milliseconds]) => ({ file: `${name}: ${file}`, milliseconds })),
    );
    return files
      .sort((a, b) => b.milliseconds - a.milliseconds)
      .slice(0, count)
      .map(({ file, milliseconds }) => `${(milliseconds / 1000).toFixed(1)} s ${file}`);
  }

  /** The beginning of each failure once more, for the end of a long report. */
  get failures() {
    return this.rows.flatMap(({ name, failures }) =>
      failures.map((text) => `${name}: ${text.split('\n', briefLines).join('\n')}`),
    );
  }

  get failed() {
    return this.sum('failed');
  }

  /** How many tests of rings there were. */
  get testsRun() {
    const rows = this.rows.filter(({ files }) => files);
    return rows.reduce((total, row) => total + row.passed + row.failed + row.skipped, 0);
  }

  toString() {
    const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map((key) => this.sum(key));
    return sentence({ passed, failed, skipped });
  }

  sum(key) {
    return this.rows.reduce((total, row) => total + row[key], 0);
  }
}

function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

async function attempt(step) {
  try {
    await step();
    return undefined;
  } catch (error) {
    return error;
  }
}

function addFailure(row, text) {
  row.failed++;
  row.failures.push(text);
}

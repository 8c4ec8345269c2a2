import { existsSync, readFileSync, rmSync } from 'node:fs';
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

  /** Runs a ring that leaves its counts in a file; none left, none run or a bad end is a failure. */
  async ring(name, countsFile, start) {
    const elapsed = stopwatch();
    console.log(`\n— ${name} —`);
    rmSync(countsFile, { force: true });
    let code = 1;
    const error = await attempt(async () => (code = await start()));
    if (error) console.log(error.message);
    const counts = readCounts(countsFile);
    const none = counts.passed + counts.failed === 0;
    if (counts.failed === 0 && (none || code !== 0)) {
      counts.failed = 1;
      counts.failures = [error?.message ?? (none ? 'no test ran' : `ended with ${code}`)];
    }
    console.log(`${name}: ${sentence(counts)} (${elapsed()})`);
    this.rows.push({ name, ...counts });
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

/** The sum of what a ring's runs wrote, a line each; one that died before its end wrote nothing. */
function readCounts(file) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const runs = text.split('\n').filter(Boolean).map(JSON.parse);
  const sum = (key) => runs.reduce((total, run) => total + run[key], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    failures: runs.flatMap(({ failures }) => failures),
  };
}

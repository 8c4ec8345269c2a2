import { strict as assert } from 'node:assert';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLines } from '../../support/runScript';

interface Told {
  readonly code: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
}

const passes = `it('passes', () => {});`;

describe('a run of tests in a process of its own', () => {
  let folder: string;

  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'alexnet-run-'))));
  afterEach(() => rm(folder, { recursive: true }));

  /** Runs a file of these lines; what its record says afterwards. */
  async function told(lines: string, options = ''): Promise<Told> {
    const file = join(folder, 'of.test.js');
    await writeFile(file, `describe('a file', () => { ${lines} });`);
    const records = join(folder, 'records');
    const { output } = await runLines(
      `const { mkdirSync } = await import('node:fs');
       const { runMocha } = await load('lib/runMocha.mjs');
       const { readRecords } = await load('lib/record.mjs');
       const records = ${JSON.stringify(records)};
       mkdirSync(records);
       const options = { record: records + '/run.jsonl', ${options} };
       const code = await runMocha([${JSON.stringify(file)}], options);
       console.log('told ' + JSON.stringify({ code, ...readRecords(records) }));`,
    );
    const answer = /^told (.*)$/m.exec(output)?.[1];
    assert.ok(answer, output);
    return JSON.parse(answer) as Told;
  }

  it('counts what passed, failed and was skipped', async () => {
    const { code, passed, failed, skipped, failures } = await told(
      `${passes} it.skip('is skipped'); it('fails', () => { throw new Error('why'); });`,
    );
    assert.deepEqual([code, passed, failed, skipped], [1, 1, 1, 1]);
    assert.deepEqual(failures, ['a file fails\n    why']);
  });

  it('that hangs is cut, keeps what it passed, and says what was running', async () => {
    const { code, passed, failed, failures } = await told(
      `${passes} it('hangs', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));`,
      // Far longer than a process takes to begin.
      'silenceMs: 4_000',
    );
    assert.ok(code > 0);
    assert.deepEqual([passed, failed], [1, 1]);
    assert.match(
      failures[0]!,
      /^a file hangs\n {4}was running when its run was cut: nothing happened for \d+ s$/,
    );
  });

  it('that is killed keeps what it passed, and says what was running', async () => {
    const { passed, failed, failures } = await told(
      `${passes} it('dies', () => { process.kill(process.pid, 'SIGKILL'); for (;;); });`,
    );
    assert.deepEqual([passed, failed], [1, 1]);
    assert.match(failures[0]!, /^a file dies\n.* its process ended with SIGKILL$/);
  });

  it('that dies in a hook names the hook', async () => {
    const { failures } = await told(`before(() => process.exit(7)); ${passes}`);
    assert.deepEqual(failures, [
      'a file "before all" hook for "passes"\n    was running when its run was cut: its process ended with 7',
    ]);
  });

  it('that does not load is a failure', async () => {
    const { passed, failed, failures } = await told(`require('./nothing.js');`);
    assert.deepEqual([passed, failed], [0, 1]);
    assert.match(failures[0]!, /cut before its first test: its process ended with 1/);
  });

  it('runs only tests with the words that are asked for', async () => {
    const { passed, failed } = await told(
      `${passes} it('fails (always)', () => { throw new Error(); });`,
      `words: 'FILE Passes'`,
    );
    assert.deepEqual([passed, failed], [1, 0]);
  });
});

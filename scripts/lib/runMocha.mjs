import { spawn } from 'node:child_process';
import { atMost } from './pace.mjs';
import { killTree } from './processTree.mjs';
import { noteCut } from './record.mjs';
import { inRoot, root } from './root.mjs';
import { tool } from './tool.mjs';
import { watchRecord } from './watchdog.mjs';

/** Less than the watchdog's: of a test that waits for ever only itself fails. */
export const testLimitMs = 150_000;

/** Cores are shared by two runs and their engines: V8's threads that collect garbage together wait for each other there. */
const flags = ['--single-threaded-gc'];

const reporter = inRoot('scripts', 'lib', 'recordingReporter.cjs');

/**
 * Runs built test files with mocha in a process of their own, those tests that fit `words`; resolves with its exit
 * code. What is done goes to the file `record` at once, and so does why the run was cut, if it was.
 */
export function runMocha(files, { env, record, words, silenceMs }) {
  const options = [
    ...['--no-config', '--exit', '--reporter', reporter, '--timeout', `${atMost(testLimitMs)}`],
    ...(words ? ['--grep', `${wordsPattern(words)}`] : []),
  ];
  const child = spawn(process.execPath, [...flags, tool('mocha'), ...options, ...files], {
    cwd: root,
    env: { ...process.env, ...env, ALEXNET_RECORD: record },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const leave = watchRecord(
    record,
    (why) => {
      noteCut(record, why);
      killTree(child.pid);
    },
    silenceMs,
  );
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      leave();
      noteCut(record, `its process ended with ${signal ?? code}`);
      resolve(code ?? 1);
    });
  });
}

/** Fits titles that contain these words, in capitals or not. */
export function wordsPattern(words) {
  return new RegExp(words.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&'), 'i');
}

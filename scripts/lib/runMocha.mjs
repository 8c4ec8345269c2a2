import { inRoot } from './root.mjs';
import { run } from './run.mjs';
import { tool } from './tool.mjs';

/** A run that hangs must not hold the others for ever. */
const limitMs = 8 * 60_000;
const testLimitMs = 120_000;

/** Runs these built test files with mocha in a process of their own; resolves with its exit code. */
export async function runMocha(files, env) {
  const reporter = inRoot('scripts', 'lib', 'countingReporter.cjs');
  const options = ['--reporter', reporter, '--timeout', `${testLimitMs}`, '--exit'];
  const { code } = await run(
    process.execPath,
    ['--enable-source-maps', tool('mocha'), '--no-config', ...options, ...files],
    { env: { ...process.env, ...env }, timeoutMs: limitMs },
  );
  return code;
}

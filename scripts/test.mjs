import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { keepPace } from './lib/pace.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { inRoot } from './lib/root.mjs';
import { must } from './lib/run.mjs';
import { runMocha } from './lib/runMocha.mjs';
import { stopwatch } from './lib/seconds.mjs';
import { selectTests } from './lib/selectTests.mjs';
import { staticChecks } from './lib/staticChecks.mjs';
import { Tally } from './lib/tally.mjs';
import { builtTest, dealTests } from './lib/testFiles.mjs';
import { runVscodeRing } from './lib/vscodeRing.mjs';
import { buildVsix, checkVsix } from './lib/vsix.mjs';
import { runInBrowser, runWebviewRing } from './lib/webviewRing.mjs';
import { useNative } from './native/useNative.mjs';

/** The rings of tests, from the fastest to the closest to a person; `pictures` only takes those of docs, when asked. */
const rings = {
  unit: runInNode,
  oracle: runInNode,
  vscode: (tests, job) => runVscodeRing(tests.map(builtTest), job),
  webview: runWebviewRing,
  pictures: (tests, job) => runInBrowser(dealTests([tests]), job),
};

const usual = Object.keys(rings).filter((name) => name !== 'pictures');
const installed = ['webview', 'pictures'];
const slowest = 8;

const notRunFile = inRoot('out', 'not-run.txt');

/** npm test: every check and ring; npm test -- RING | PATH | WORDS OF A TITLE…: only those tests. */
async function main() {
  const elapsed = stopwatch();
  const asked = process.argv.slice(2).filter((argument) => argument !== '--');
  const { tests, words } = selectTests(asked, { rings: Object.keys(rings), usual });
  await ensurePackages();
  useNative();
  mkdirSync(inRoot('out'), { recursive: true });
  rmSync(notRunFile, { force: true });
  const pace = keepPace(inRoot('out', 'pace.txt'));
  const tally = new Tally();
  if (asked.length === 0) await runAll(tally, tests);
  else await runSome(tally, tests, words);
  pace.end();
  const { computing, starting } = pace.quiet;
  console.log(
    `\nall of it took ${elapsed()}; as it began, this machine took ${computing.toFixed(2)} times as long as that of` +
      ` docs/benchmarks.md to compute, ${starting.toFixed(2)} times to start a process; longest:`,
  );
  for (const line of tally.slowestFiles(slowest)) console.log(`  ${line}`);
  for (const line of linesNotRun()) console.log(`not run: ${line}`);
  for (const failure of tally.failures) console.log(`✗ ${failure}`);
  console.log(`${tally}`);
  process.exitCode = tally.failed > 0 ? 1 : 0;
}

/** Two at a time, and a window of the browser's ring as soon as one of them is done. */
async function runAll(tally, tests) {
  const vsix = await buildAll(tally, tests);
  const sources = async () => {
    for (const { name, check } of staticChecks) await tally.check(name, check);
    await runRing(tally, 'unit', tests.unit);
  };
  const engines = async () => {
    await runRing(tally, 'oracle', tests.oracle);
    await runRing(tally, 'vscode', tests.vscode);
  };
  const windows = [sources(), engines()];
  await Promise.race(windows);
  await runRing(tally, 'webview', tests.webview, { vsix, windows });
}

async function runSome(tally, tests, words) {
  // What takes minutes is left out of a whole run, and named there.
  process.env.ALEXNET_ASKED_BY_NAME = 'yes';
  const vsix = await buildAll(tally, tests);
  for (const name of Object.keys(tests)) await runRing(tally, name, tests[name], { vsix, words });
  if (words && tally.testsRun === 0) {
    await tally.check('choice', () =>
      Promise.reject(new Error(`no test has "${words}" in its title`)),
    );
  }
}

/** The package is built before the tests: both builds use dist, and the rings need the last. */
async function buildAll(tally, tests) {
  let vsix;
  if (installed.some((name) => name in tests)) {
    await tally.check('package', async () => checkVsix((vsix = await buildVsix())));
  }
  await tally.check('build', () => buildTests(Object.values(tests).flat()));
  return vsix;
}

function buildTests(tests) {
  rmSync(inRoot('out', 'test'), { recursive: true, force: true });
  const args = [inRoot('esbuild.mjs'), '--tests', ...tests];
  return must(process.execPath, args, { quiet: true });
}

function runRing(tally, name, tests, job) {
  const records = inRoot('out', 'records', name);
  const env = { ALEXNET_NOT_RUN: notRunFile };
  const start = () => rings[name](tests, { env, records, ...job });
  return tally.ring(name, records, start, { mayBeEmpty: Boolean(job?.words) });
}

/** Tests of these folders wait for processes and servers more than they compute: they run beside the others. */
const waiting = /^unit\/(native|scripts)\//;

/** Runs tests in plain Node, in up to two processes. */
async function runInNode(tests, { env, records, words }) {
  const computing = tests.filter((test) => !waiting.test(test));
  const lanes = [computing, tests.filter((test) => waiting.test(test))];
  const codes = await Promise.all(
    lanes
      .filter((lane) => lane.length > 0)
      .map((lane, index) => {
        const record = join(records, `node-${index}.jsonl`);
        return runMocha(lane.map(builtTest), { env, record, words });
      }),
  );
  return Math.max(0, ...codes);
}

/** What rings said this machine cannot run, each once. */
function linesNotRun() {
  if (!existsSync(notRunFile)) return [];
  return [...new Set(readFileSync(notRunFile, 'utf8').split('\n').filter(Boolean))];
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

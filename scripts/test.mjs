import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensurePackages } from './lib/packages.mjs';
import { inRoot } from './lib/root.mjs';
import { must } from './lib/run.mjs';
import { runMocha } from './lib/runMocha.mjs';
import { stopwatch } from './lib/seconds.mjs';
import { staticChecks } from './lib/staticChecks.mjs';
import { Tally } from './lib/tally.mjs';
import { dealFiles, testFiles } from './lib/testFiles.mjs';
import { runVscodeRing } from './lib/vscodeRing.mjs';
import { buildVsix, checkVsix } from './lib/vsix.mjs';
import { runInBrowser, runWebviewRing } from './lib/webviewRing.mjs';
import { useNative } from './native/useNative.mjs';

/** The rings of tests, from the fastest to the closest to a person; `pictures` only takes those of docs, when asked. */
const rings = {
  unit: (env) => runMocha(testFiles('unit'), env),
  oracle: (env) => runMocha(testFiles('oracle'), env),
  vscode: (env) => runVscodeRing(env),
  webview: runWebviewRing,
  pictures: (env, vsix) => runInBrowser(env, vsix, dealFiles('pictures')),
};

const installed = ['webview', 'pictures'];

const notRunFile = inRoot('out', 'not-run.txt');

/** npm test: every check and ring; npm test -- RING…: only those rings. */
async function main() {
  const elapsed = stopwatch();
  const asked = process.argv.slice(2).filter((argument) => argument !== '--');
  const unknown = asked.filter((name) => !(name in rings));
  if (unknown.length > 0) {
    throw new Error(`no ring ${unknown.join(', ')}; there are ${Object.keys(rings).join(', ')}`);
  }
  await ensurePackages();
  useNative();
  mkdirSync(inRoot('out'), { recursive: true });
  rmSync(notRunFile, { force: true });
  const tally = new Tally();
  if (asked.length === 0) await runAll(tally);
  else await runRings(tally, asked);
  console.log(`\nall of it took ${elapsed()}`);
  for (const line of linesNotRun()) console.log(`not run: ${line}`);
  for (const failure of tally.failures) console.log(`✗ ${failure}`);
  console.log(`${tally}`);
  process.exitCode = tally.failed > 0 ? 1 : 0;
}

async function runStaticChecks(tally) {
  for (const { name, check } of staticChecks) await tally.check(name, check);
}

/** Two at a time, and a window of the browser's ring as soon as one of them is done. */
async function runAll(tally) {
  const vsix = await buildAll(tally, Object.keys(rings));
  const sources = async () => {
    await runStaticChecks(tally);
    await runRing(tally, 'unit', vsix);
  };
  const engines = async () => {
    await runRing(tally, 'oracle', vsix);
    await runRing(tally, 'vscode', vsix);
  };
  const before = [sources(), engines()];
  await Promise.race(before);
  await runRing(tally, 'webview', vsix, before);
}

async function runRings(tally, names) {
  const vsix = await buildAll(tally, names);
  for (const name of names) await runRing(tally, name, vsix);
}

/** The package is built before the tests: both builds use dist, and the rings need the last. */
async function buildAll(tally, names) {
  let vsix;
  if (installed.some((name) => names.includes(name))) {
    await tally.check('package', async () => checkVsix((vsix = await buildVsix())));
  }
  await tally.check('build', buildTests);
  return vsix;
}

function runRing(tally, name, vsix, windows) {
  const counts = inRoot('out', `counts-${name}.jsonl`);
  const env = { ALEXNET_COUNTS: counts, ALEXNET_NOT_RUN: notRunFile };
  return tally.ring(name, counts, () => rings[name](env, vsix, windows));
}

function buildTests() {
  rmSync(inRoot('out', 'test'), { recursive: true, force: true });
  return must(process.execPath, [inRoot('esbuild.mjs'), '--tests'], { quiet: true });
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

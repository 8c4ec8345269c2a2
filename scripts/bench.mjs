import { readFileSync, rmSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { ensurePackages } from './lib/packages.mjs';
import { inRoot } from './lib/root.mjs';
import { must, run } from './lib/run.mjs';
import { runVscodeRing } from './lib/vscodeRing.mjs';
import { buildVsix } from './lib/vsix.mjs';
import { runWebviewRing } from './lib/webviewRing.mjs';
import { useNative } from './native/useNative.mjs';

const measuresFile = inRoot('out', 'measures.jsonl');
const notRunFile = inRoot('out', 'bench-not-run.txt');
const starts = 5;
const env = { ALEXNET_MEASURES: measuresFile, ALEXNET_NOT_RUN: notRunFile };

/** npm run bench: medians of one run, as ratios to what the same run measured beside them. */
async function main() {
  await ensurePackages();
  useNative();
  const vsix = await buildVsix();
  rmSync(measuresFile, { force: true });
  await must(process.execPath, [inRoot('esbuild.mjs'), '--tests'], { quiet: true });
  await benchEngine();
  console.log('VS Code: starting it anew for each first label …');
  for (let i = 0; i < starts; i++) {
    await runVscodeRing(env, inRoot('out', 'test', 'bench', 'vscodeBench.js'));
  }
  await runWebviewRing(
    { ...env, ALEXNET_COUNTS: inRoot('out', 'bench-counts.json') },
    vsix,
    'bench',
  );
  printTable(readMeasures());
}

async function benchEngine() {
  for (const backend of ['tensorflow', 'wasm', 'cpu']) {
    console.log(`engine: ${backend} …`);
    const { code, output } = await run(
      process.execPath,
      [inRoot('out', 'test', 'bench', 'engineBench.js'), backend],
      { env: { ...process.env, ...env }, quiet: true },
    );
    if (code !== 0)
      console.log(`  absent: ${output.split('\n').find((line) => /Error: /.test(line)) ?? code}`);
  }
}

/** Measures of one thing that several starts made are one row. */
function readMeasures() {
  const rows = new Map();
  for (const line of readFileSync(measuresFile, 'utf8').split('\n').filter(Boolean)) {
    const { part, name, milliseconds } = JSON.parse(line);
    const row = rows.get(`${part} ${name}`) ?? { part, name, milliseconds: [] };
    row.milliseconds.push(...milliseconds);
    rows.set(`${part} ${name}`, row);
  }
  return [...rows.values()];
}

function printTable(rows) {
  console.log(
    `\n${platform()} ${arch()}, ${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}\n`,
  );
  console.log('| where | what | runs | median ms | ratio to bare pass |\n|---|---|--:|--:|--:|');
  for (const { part, name, milliseconds } of rows) {
    const bare = rows.find((row) => row.part === part && row.name.startsWith('bare'));
    const middle = median(milliseconds);
    const ratio = bare ? (middle / median(bare.milliseconds)).toFixed(2) : '';
    console.log(`| ${part} | ${name} | ${milliseconds.length} | ${middle.toFixed(1)} | ${ratio} |`);
  }
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

import { appendFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepTable, readMeasures, table } from './bench/report.mjs';
import { onnxRuntime } from './bench/onnxRuntime.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { onPath } from './lib/onPath.mjs';
import { inRoot } from './lib/root.mjs';
import { must, run } from './lib/run.mjs';
import { dealTests, testsIn } from './lib/testFiles.mjs';
import { tool } from './lib/tool.mjs';
import { runInVscode } from './lib/vscodeRing.mjs';
import { buildVsix } from './lib/vsix.mjs';
import { runInBrowser } from './lib/webviewRing.mjs';
import { useNative } from './native/useNative.mjs';

const measuresFile = inRoot('out', 'measures.jsonl');
const notRunFile = inRoot('out', 'bench-not-run.txt');
const records = inRoot('out', 'records', 'bench');
/** Nothing is written there: what VS Code measures has a limit of its own. */
const record = inRoot('out', 'records', 'bench-vscode.jsonl');
const modelFile = join(tmpdir(), `alexnet-bench-${process.pid}.onnx`);
const runs = 15;
const threads = 2;
/** A part that hangs must not hold the others for ever. */
const partMs = 120_000;
/** A test that measures many times says nothing meanwhile. */
const browserMs = 10 * 60_000;
const env = { ALEXNET_MEASURES: measuresFile, ALEXNET_NOT_RUN: notRunFile };

/** Native and Python's frameworks take turns, so that what else the machine does falls on both. */
const rounds = 3;

/** npm run bench [-- --keep]: medians of one run, beside what people would use instead; --keep writes docs/benchmarks.md. */
async function main() {
  await ensurePackages();
  useNative();
  const vsix = await buildVsix();
  rmSync(measuresFile, { force: true });
  rmSync(records, { recursive: true, force: true });
  mkdirSync(records, { recursive: true });
  await must(process.execPath, [inRoot('esbuild.mjs'), '--tests'], { quiet: true });
  await benchNativeAndPeers();
  await engine('wasm', threads, runs);
  await engine('cpu', 1, runs);
  await node('wasm: one and two threads in turn', 'wasmThreadsBench.js');
  for (const backend of ['tensorflow', 'wasm'])
    await node(`weights from a file: ${backend}`, 'loadBench.js', backend, `${threads}`, `${runs}`);
  for (const script of ['vscodeBench.js', 'coldStartBench.js']) {
    console.log(`VS Code: ${script} …`);
    await runInVscode({ ...env, ALEXNET_RECORD: record }, inRoot('out', 'test', 'bench', script));
  }
  await runInBrowser(dealTests(testsIn('bench').map((test) => [test])), {
    env,
    records,
    vsix,
    silenceMs: browserMs,
  });
  const text = table(readMeasures(measuresFile));
  console.log(`\n${text}`);
  if (!process.argv.includes('--keep')) return;
  const file = keepTable(text);
  await must(process.execPath, [tool('prettier'), '--write', file], { quiet: true });
}

async function benchNativeAndPeers() {
  const python = process.env.ALEXNET_PYTHON ?? onPath('python3') ?? onPath('python');
  const runtime = (await onnxRuntime()) ?? '';
  try {
    for (let round = 0; round < rounds; round++) {
      await engine('tensorflow', threads, runs / rounds);
      if (round === 0)
        await node('onnxruntime-node', 'onnxBench.js', modelFile, runtime, `${threads}`);
      if (python && existsSync(modelFile)) await benchPython(python);
    }
    if (!python) absent('Keras, PyTorch and onnxruntime in Python (no Python found)');
  } finally {
    rmSync(modelFile, { force: true });
  }
}

async function benchPython(python) {
  console.log(`${python}: Keras, PyTorch, onnxruntime …`);
  const script = inRoot('test', 'bench', 'peers.py');
  const limits = {
    ...process.env,
    TF_NUM_INTRAOP_THREADS: `${threads}`,
    OMP_NUM_THREADS: `${threads}`,
  };
  const args = [script, modelFile, `${runs / rounds}`, `${threads}`];
  const { output } = await run(python, args, { env: limits, quiet: true });
  for (const line of output.split('\n'))
    if (line.startsWith('{"')) appendFileSync(measuresFile, `${line}\n`);
}

async function engine(backend, count, times) {
  const args = [backend, `${count}`, `${times}`];
  await node(`engine: ${backend} x ${count}`, 'engineBench.js', ...args);
}

async function node(what, script, ...args) {
  console.log(`${what} …`);
  const { code, output } = await run(
    process.execPath,
    [inRoot('out', 'test', 'bench', script), ...args],
    {
      env: { ...process.env, ...env, TF_NUM_INTRAOP_THREADS: `${threads}` },
      timeoutMs: partMs,
      quiet: true,
    },
  );
  if (code === 0) return;
  const why = output.split('\n').find((line) => /Error: /.test(line)) ?? `ended with ${code}`;
  absent(`${what} (${why.replace(/^.*Error: /, '')})`);
}

function absent(what) {
  appendFileSync(measuresFile, `${JSON.stringify({ absent: what })}\n`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

import { appendFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
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
const [trainingSteps, trainingBatch] = [15, 32];
/** A part that hangs must not hold the others for ever. */
const partMs = 120_000;
const trainingMs = 10 * 60_000;
/** A test that measures many times says nothing meanwhile. */
const browserMs = 10 * 60_000;
const env = { ALEXNET_MEASURES: measuresFile, ALEXNET_NOT_RUN: notRunFile };

/** Native and Python's frameworks take turns, so that what else the machine does falls on both. */
const rounds = 3;

/**
 * npm run bench [-- --keep]: medians of one run, beside what people would use instead; --keep writes docs/benchmarks.md.
 * npm run bench -- training [STEPS [BATCH]]: of a training alone, whose steps take seconds.
 * npm run bench -- explaining: of explanations alone; npm run bench -- models: of models that are opened.
 */
async function main([part, steps, batch] = process.argv.slice(2)) {
  await ensurePackages();
  useNative();
  if (part === 'training')
    return await benchOnly(() =>
      benchTraining(Number(steps ?? trainingSteps), Number(batch ?? trainingBatch)),
    );
  if (part === 'explaining')
    return await benchOnly(async () => {
      await benchExplaining();
      await browser('explain', await buildVsix());
    });
  if (part === 'models')
    return await benchOnly(async () => {
      await benchModel();
      await browser('opening', await buildVsix());
    });
  const vsix = await buildVsix();
  rmSync(measuresFile, { force: true });
  mkdirSync(dirname(record), { recursive: true });
  await must(process.execPath, [inRoot('esbuild.mjs'), '--tests'], { quiet: true });
  await benchNativeAndPeers();
  await benchTraining(trainingSteps, trainingBatch);
  await benchExplaining();
  await benchModel();
  await engine('wasm', threads, runs);
  await engine('cpu', 1, runs);
  await node('wasm: one and two threads in turn', 'wasmThreadsBench.js');
  for (const backend of ['tensorflow', 'wasm']) {
    await node(`weights from a file: ${backend}`, 'loadBench.js', backend, `${threads}`, `${runs}`);
    await node(`weights that ship: ${backend}`, 'openBench.js', backend, `${threads}`, `${runs}`);
  }
  for (const script of ['vscodeBench.js', 'coldStartBench.js']) {
    console.log(`VS Code: ${script} …`);
    await runInVscode({ ...env, ALEXNET_RECORD: record }, inRoot('out', 'test', 'bench', script));
  }
  await browser('', vsix);
  const text = table(readMeasures(measuresFile));
  console.log(`\n${text}`);
  if (!process.argv.includes('--keep')) return;
  const file = keepTable(text);
  await must(process.execPath, [tool('oxfmt'), file], { quiet: true });
}

/** What is measured in a browser, of files whose names have a word. */
async function browser(word, vsix) {
  rmSync(records, { recursive: true, force: true });
  mkdirSync(records, { recursive: true });
  const tests = testsIn('bench').filter((test) => basename(test).includes(word));
  await runInBrowser(dealTests(tests.map((test) => [test])), {
    ...{ env, records, vsix },
    silenceMs: browserMs,
  });
}

async function benchOnly(measure) {
  rmSync(measuresFile, { force: true });
  mkdirSync(inRoot('out'), { recursive: true });
  await must(process.execPath, [inRoot('esbuild.mjs'), '--tests'], { quiet: true });
  await measure();
  console.log(`\n${table(readMeasures(measuresFile))}`);
}

/** Native, pytorch-grad-cam and captum in turns. */
async function benchExplaining() {
  const python = pythonHere();
  const args = [`${threads}`, `${runs / rounds}`];
  for (let round = 0; round < rounds; round++) {
    await node('explanations: tensorflow', 'explainBench.js', 'tensorflow', ...args);
    if (python) await peers(python, 'explain_peers.py', `${runs / rounds}`, `${threads}`);
  }
  await node('explanations: wasm', 'explainBench.js', 'wasm', ...args);
}

/** MobileNetV2 in turns with onnxruntime, native and as WebAssembly. */
async function benchModel() {
  const peers = { tensorflow: 'onnxruntime-node', wasm: 'onnxruntime-web' };
  for (const [backend, peer] of Object.entries(peers)) {
    const beside = (await onnxRuntime(peer)) ?? '';
    await node(
      `MobileNetV2: ${backend}`,
      'modelBench.js',
      backend,
      beside,
      `${threads}`,
      `${runs}`,
    );
  }
}

/** Native, Keras' fit and PyTorch in turns: so many steps of each, a part of them in each round. */
async function benchTraining(steps, batch) {
  const python = pythonHere();
  const each = `${Math.max(1, Math.round(steps / rounds))}`;
  const args = [each, `${batch}`, `${threads}`];
  for (let round = 0; round < rounds; round++) {
    await node('training: tensorflow', 'trainBench.js', 'tensorflow', ...args);
    if (python) await peers(python, 'train_peers.py', ...args);
  }
  await node('training: wasm', 'trainBench.js', 'wasm', '1', `${batch}`, `${threads}`);
}

function pythonHere() {
  return process.env.ALEXNET_PYTHON ?? onPath('python3') ?? onPath('python');
}

async function benchNativeAndPeers() {
  const python = pythonHere();
  const runtime = (await onnxRuntime()) ?? '';
  try {
    for (let round = 0; round < rounds; round++) {
      await engine('tensorflow', threads, runs / rounds);
      if (round === 0)
        await node('onnxruntime-node', 'onnxBench.js', modelFile, runtime, `${threads}`);
      if (python && existsSync(modelFile))
        await peers(python, 'peers.py', modelFile, `${runs / rounds}`, `${threads}`);
    }
    if (!python) absent('Keras, PyTorch and onnxruntime in Python (no Python found)');
  } finally {
    rmSync(modelFile, { force: true });
  }
}

async function peers(python, script, ...args) {
  console.log(`${python}: ${script} …`);
  const limits = {
    ...process.env,
    TF_NUM_INTRAOP_THREADS: `${threads}`,
    OMP_NUM_THREADS: `${threads}`,
  };
  const path = inRoot('test', 'bench', script);
  const { output } = await run(python, ['-B', path, ...args], { env: limits, quiet: true });
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
      timeoutMs: script.startsWith('train') ? trainingMs : partMs,
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

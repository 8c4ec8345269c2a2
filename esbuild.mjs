import { build, context } from 'esbuild';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { writeNotices } from './scripts/lib/notices.mjs';

const watch = process.argv.includes('--watch');
const withTests = process.argv.includes('--tests');
/** Only what trains the weights that ship, a script's own. */
const onlyTraining = process.argv.includes('--training');
/** Files under test/, to build no others. */
const onlyTests = process.argv.filter((argument) => argument.endsWith('.ts'));
const testsWanted = onlyTests.length > 0 ? onlyTests : ['**/*.test.ts', 'bench/*Bench.ts'];

/** What stays a package at run time: VS Code's own module and the tools that only tests load. */
const external = ['vscode', 'playwright-core', 'axe-core', 'mocha', 'esbuild', '@vscode/*'];

const common = {
  bundle: true,
  minify: !watch && !withTests,
  sourcemap: watch || withTests ? 'linked' : false,
  // The sources lie beside: with them the maps of all tests have twice the bytes.
  sourcesContent: false,
  logLevel: 'info',
  // What is due is written to THIRD_PARTY_NOTICES.txt.
  legalComments: 'none',
  metafile: true,
};

const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external,
  // Emscripten's ESM loaders ask where they are; in a CommonJS bundle that is __filename.
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('url').pathToFileURL(__filename).href;" },
};

/** tfjs-node imports the union package, of which it needs the core alone: not its layers, WebGL and converters. */
const alias = { '@tensorflow/tfjs': '@tensorflow/tfjs-core' };

const bundles = [
  { ...node, entryPoints: { extension: 'src/extension/extension.ts' }, outdir: 'dist' },
  {
    ...node,
    entryPoints: { engine: 'src/engine/main.ts', prepare: 'src/engine/batch/prepareThread.ts' },
    outdir: 'dist',
    alias,
  },
  {
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    entryPoints: { webview: 'src/webview/main.ts' },
    outdir: 'dist',
  },
  { ...common, entryPoints: { webview: 'src/webview/webview.css' }, outdir: 'dist' },
];

const training = {
  ...node,
  minify: false,
  entryPoints: { train: 'src/recipes/main.ts' },
  outdir: 'out/train',
  alias,
};

const tests = {
  ...node,
  minify: false,
  entryPoints: [...testsWanted, 'vscode/index.ts'].map((file) => `test/${file}`),
  alias,
  outdir: 'out/test',
  outbase: 'test',
  logLevel: 'warning',
};

/** WebAssembly that the engine loads at run time, beside its bundle. */
const wasm = [
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm',
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm',
  // The script that its threads load.
  '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js',
  '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
  '@jsquash/webp/codec/dec/webp_dec.wasm',
  '@jsquash/avif/codec/dec/avif_dec.wasm',
];

const home = onlyTraining ? 'out/train' : 'dist';
if (!watch) await rm(home, { recursive: true, force: true });
await mkdir(`${home}/wasm`, { recursive: true });
const wasmFiles = wasm.map((file) => `node_modules/${file}`);
for (const file of wasmFiles) await cp(file, `${home}/wasm/${basename(file)}`);
await writeThreadScript();
const jobs = withTests ? [...bundles, tests] : bundles;
if (onlyTraining) {
  await build(training);
} else if (watch) {
  const contexts = await Promise.all(jobs.map((job) => context(job)));
  // All once before any watches: what waits for the first "build finished" finds everything there.
  await Promise.all(contexts.map((job) => job.rebuild()));
  for (const job of contexts) await job.watch();
} else {
  const results = await Promise.all(jobs.map((job) => build(job)));
  const shipped = results.slice(0, bundles.length).map(({ metafile }) => metafile);
  writeNotices('dist/THIRD_PARTY_NOTICES.txt', shipped, wasmFiles);
}

/** What a thread of WebAssembly runs: the package holds it as a string, Node's workers want a file. */
async function writeThreadScript() {
  const name = 'tfjs-backend-wasm-threaded-simd.worker.js';
  const held = createRequire(import.meta.url)(`@tensorflow/tfjs-backend-wasm/wasm-out/${name}`);
  // Its one line break is inside a string of the script; the package escapes it too before use.
  await writeFile(`${home}/wasm/${name}`, held.wasmWorkerContents.replaceAll('\n', '\\n'));
}

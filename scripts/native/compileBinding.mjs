import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { aptInstall } from '../lib/aptInstall.mjs';
import { onPath } from '../lib/onPath.mjs';
import { withProgress } from '../lib/progress.mjs';
import { inRoot } from '../lib/root.mjs';
import { run } from '../lib/run.mjs';

const limitMs = 10 * 60_000;
const binding = inRoot('node_modules', '@tensorflow', 'tfjs-node', 'binding');
const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => `${binding}/${name}`);
const nodeApi = inRoot('node_modules', 'node-api-headers', 'include');

/** Compiles tfjs-node's unmodified binding against a TensorFlow: its include folder and its libraries, found at run time in `rpath`. */
export async function compileBinding({ include, libraries, rpath, addon }) {
  const compiler = await findCompiler();
  await mkdir(dirname(addon), { recursive: true });
  const flags = ['-O2', '-std=c++17', '-fPIC', '-w', '-DNAPI_VERSION=8', ...linkFlags()];
  const args = [
    ...flags,
    ...[nodeApi, include].map((folder) => `-I${folder}`),
    ...sources,
    ...['-o', addon],
    ...libraries,
    `-Wl,-rpath,${rpath}`,
  ];
  const label = "Compiling tfjs-node's binding (about 15 s)";
  const { code, output } = await withProgress(label, () =>
    run(compiler, args, { quiet: true, timeoutMs: limitMs }),
  );
  if (code === 0) return;
  const why = output.split('\n').find((line) => /error|No space/i.test(line)) ?? `code ${code}`;
  throw new Error(`the compiler refused tfjs-node's binding: ${why}`);
}

/** Where the addon looks for libraries in its own result. */
export function ownRpath() {
  const here = process.platform === 'darwin' ? '@loader_path' : '$ORIGIN';
  return `${here}/../../deps/lib`;
}

/** Throws before anything large is fetched, where the addon could not be compiled afterwards. */
export async function findCompiler() {
  if (process.platform === 'win32') throw new Error('on Windows nothing is compiled');
  const find = () => process.env.CXX || onPath('g++', 'c++', 'clang++');
  const compiler = find() ?? ((await aptInstall('g++')) ? find() : undefined);
  if (compiler) return compiler;
  throw new Error('no C++ compiler: install g++ or clang++, or name one in CXX');
}

/** On macOS the symbols of Node-API are looked up when the addon is loaded. */
function linkFlags() {
  return process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared'];
}

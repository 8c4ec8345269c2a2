import { onPath } from '../lib/onPath.mjs';
import { run } from '../lib/run.mjs';

const limitMs = 60_000;

/** Prints what a Python has, without importing TensorFlow, which takes seconds and may fail. */
const question = `
import json, sys, importlib.util as util
try:
    spec = util.find_spec('tensorflow')
    folder = list(spec.submodule_search_locations)[0] if spec else None
except Exception:
    folder = None
version = None
if folder:
    from importlib import metadata
    for name in ('tensorflow', 'tensorflow-cpu', 'tensorflow-macos', 'tensorflow-rocm', 'tf-nightly'):
        try:
            version = metadata.version(name)
            break
        except metadata.PackageNotFoundError:
            pass
print(json.dumps({'version': '%d.%d' % sys.version_info[:2], 'bits': 64 if sys.maxsize > 2**32 else 32,
    'pip': util.find_spec('pip') is not None, 'tensorflow': folder and {'folder': folder, 'version': version}}))
`;

/** This machine's Pythons, 3.8 or newer: how to call each, its version, whether it has pip, and its TensorFlow. */
export async function findPythons() {
  const calls = [['python3'], ['python'], ['py', '-3']]
    .map(([name, ...args]) => ({ command: onPath(name), args }))
    .filter(({ command }) => command);
  const answers = await Promise.all(calls.map(ask));
  return answers.filter((python) => python !== undefined);
}

async function ask({ command, args }) {
  try {
    const options = { quiet: true, timeoutMs: limitMs };
    const { code, output } = await run(command, [...args, '-c', question], options);
    const line = output.trim().split('\n').at(-1);
    return code === 0 ? { command, args, ...JSON.parse(line) } : undefined;
  } catch {
    // Windows has a python.exe that only opens the Store.
    return undefined;
  }
}

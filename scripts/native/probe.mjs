import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { inRoot } from '../lib/root.mjs';
import { must } from '../lib/run.mjs';

const limitMs = 60_000;

/**
 * Loads an addon in the engine's own process, which computes a known convolution with it; resolves
 * with TensorFlow's version. A crash, a hang or a wrong answer ends that process only and throws.
 */
export async function probeAddon(addonPath, { timeoutMs = limitMs } = {}) {
  const engine = inRoot('dist', 'engine.js');
  if (!existsSync(engine)) await must(process.execPath, [inRoot('esbuild.mjs')], { quiet: true });
  const child = fork(engine, [], { serialization: 'advanced', execArgv: [], silent: true });
  const params = { backend: 'tensorflow', addonPath, refused: [] };
  try {
    child.send({ type: 'request', id: 1, method: 'start', params });
    return (await answerOf(child, timeoutMs)).version;
  } finally {
    child.kill('SIGKILL');
  }
}

function answerOf(child, timeoutMs) {
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`the addon ${why}`));
    const alarm = setTimeout(() => fail(`hangs: no answer in ${timeoutMs / 1000} s`), timeoutMs);
    child.on('message', (message) => {
      if (message.type === 'result') resolve(message.value);
      if (message.type === 'error') fail(`was refused: ${reasonIn(message.message)}`);
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => fail(`crashed on load (${signal ?? `exit code ${code}`})`));
    child.on('exit', () => clearTimeout(alarm));
  });
}

/** The engine's sentence speaks of settings, which do not exist here. */
function reasonIn(text) {
  return /\(tensorflow: (.*)\); set /s.exec(text)?.[1] ?? text;
}

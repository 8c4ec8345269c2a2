import { spawn } from 'node:child_process';
import { root } from './root.mjs';

/**
 * Runs a command to its end. `quiet` keeps its output for the caller instead of showing it;
 * `timeoutMs` kills it when it hangs.
 */
export function run(command, args, { cwd = root, env, quiet, shell, timeoutMs } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      shell,
      env: env ?? process.env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    const output = [];
    child.stdout?.on('data', (data) => output.push(data));
    child.stderr?.on('data', (data) => output.push(data));
    const alarm = timeoutMs && setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(alarm);
      const text = Buffer.concat(output).toString();
      resolve({ code: code ?? 1, output: signal ? `${text}\nended by ${signal}\n` : text });
    });
  });
}

/** Runs a command that must succeed; the error carries what it printed. */
export async function must(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${code}\n${output}`);
  return output;
}

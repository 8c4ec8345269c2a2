import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { freePort } from './freePort.mjs';
import { node24 } from './node24.mjs';
import { atMost } from './pace.mjs';
import { killTree } from './processTree.mjs';
import { must } from './run.mjs';
import { serverMain } from './serverFiles.mjs';
import { vscodeEnv } from './vscodeEnv.mjs';

const startLimitMs = 60_000;
const stopLimitMs = 5_000;
const ready = 'Extension host agent listening';

/**
 * Starts VS Code's server on this machine's loopback only. `args` adds flags, `env` variables for
 * the extension host; what it prints goes to `logFile`.
 */
export async function startServer({ dataDir, extensionsDir, port = 0, args = [], env, logFile }) {
  const [node, main, bound] = [await node24(), await serverMain(), await freePort(port)];
  const child = spawn(
    node,
    [
      main,
      '--host',
      '127.0.0.1',
      '--port',
      `${bound}`,
      ...folders({ dataDir, extensionsDir }),
      ...args,
    ],
    { env: vscodeEnv(env), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  // When this process is stopped halfway, its server must not stay.
  process.once('exit', () => child.kill());
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  await untilReady(child, logFile);
  return {
    port: bound,
    stop: () => stop(child),
    kill: () => killTree(child.pid),
    exited: once(child, 'exit'),
  };
}

/** Installs a packaged extension into an extensions folder, as a person would. */
export async function installExtension(vsix, { dataDir, extensionsDir }) {
  const args = ['--install-extension', vsix, '--force', ...folders({ dataDir, extensionsDir })];
  return must(await node24(), [await serverMain(), ...args], { env: vscodeEnv(), quiet: true });
}

/** What the server prints at length without meaning: stacks of optional parts that npm does not build. */
const noise = /^\s|^$|^\[IPC Library|^RequestStore|^File not found|bindings file/;

/** The last telling lines of a server's log, and where the rest is. */
export function logTail(logFile, lines = 15) {
  const all = readFileSync(logFile, 'utf8').split('\n');
  const telling = all.filter((line) => !noise.test(line));
  return [`${logFile} ends:`, ...telling.slice(-lines)].join('\n  ');
}

function folders({ dataDir, extensionsDir }) {
  const common = ['--accept-server-license-terms', '--telemetry-level', 'off'];
  return ['--server-data-dir', dataDir, '--extensions-dir', extensionsDir, ...common];
}

function untilReady(child, logFile) {
  const limit = atMost(startLimitMs);
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`VS Code's server ${why}\n${logTail(logFile)}`));
    const alarm = setTimeout(() => {
      child.kill();
      fail(`did not start within ${limit / 1000} s`);
    }, limit);
    let printed = '';
    child.stdout.on('data', (data) => {
      printed += data;
      if (!printed.includes(ready)) return;
      clearTimeout(alarm);
      resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(alarm);
      fail(`ended with ${code}`);
    });
  });
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  const alarm = setTimeout(() => killTree(child.pid), atMost(stopLimitMs));
  child.kill();
  await gone;
  clearTimeout(alarm);
}

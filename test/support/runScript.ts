import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Ended {
  /** The exit code; null when a signal ended it. */
  readonly code: number | null;
  /** What it printed, both streams. */
  readonly output: string;
}

type Environment = Readonly<Record<string, string>>;

/** Runs a file of scripts/ to its end. */
export function runFile(file: string, args: readonly string[], env: Environment): Promise<Ended> {
  return ended(start([resolve('scripts', file), ...args], env));
}

/** Runs a few lines that import from scripts/, as `load('native/download.mjs')`. */
export function runLines(lines: string, env: Environment = {}): Promise<Ended> {
  return ended(startLines(lines, env));
}

/** The same, for one that will be killed. */
export function startLines(lines: string, env: Environment = {}): ChildProcess {
  const base = JSON.stringify(pathToFileURL(`${resolve('scripts')}/`).href);
  const load = `const load = (file) => import(new URL(file, ${base}).href);`;
  const report = `.catch((error) => { console.log(error.message); process.exitCode = 1; })`;
  const all = `${load} (async () => { ${lines} })()${report};`;
  return start(['--input-type=module', '--eval', all], env);
}

/** Resolves when it ended, with all it printed. */
export function ended(child: ChildProcess): Promise<Ended> {
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => printed.push(data));
  }
  return new Promise((settle, reject) => {
    child.on('error', reject);
    child.on('close', (code) => settle({ code, output: Buffer.concat(printed).toString() }));
  });
}

function start(args: readonly string[], env: Environment): ChildProcess {
  return spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { clearTimeout, setTimeout } from 'node:timers';

/** What the two pieces of work below take on a quiet machine like that of docs/benchmarks.md. */
const quietMs = { computing: 100, starting: 70 };
const nothing = ['--eval', '0'];
const everyMs = 15_000;
/** A machine that was frozen for a while is not so slow. */
const highest = 10;

/** Milliseconds that something may take here and now which takes `milliseconds` on a quiet, fast machine. */
export function atMost(milliseconds) {
  return milliseconds * pace();
}

/** How many times slower this machine is, 1 or more; scripts/test.mjs measures it. */
function pace() {
  const file = process.env.ALEXNET_PACE;
  return file && existsSync(file) ? Number(readFileSync(file, 'utf8')) : 1;
}

/**
 * Measures the pace and keeps it in a file, for this process and those it starts; goes on measuring and raises it when
 * the machine gets slower for longer than a moment. Returns what was measured first, and what ends it.
 */
export function keepPace(file) {
  const quiet = measureQuietly();
  let [kept, before] = [0, Math.max(1, quiet.computing, quiet.starting)];
  const keep = (measured) => {
    const now = Math.min(highest, measured, before);
    before = measured;
    if (now <= kept) return;
    kept = now;
    // Whoever reads it in between would find an empty file, and wait no time at all.
    writeFileSync(`${file}.new`, kept.toFixed(2));
    renameSync(`${file}.new`, file);
  };
  keep(before);
  process.env.ALEXNET_PACE = file;
  let next = setTimeout(measureAgain, everyMs);
  async function measureAgain() {
    const measured = await measureInPassing();
    if (!next) return;
    keep(measured);
    next = setTimeout(measureAgain, everyMs);
  }
  const end = () => {
    clearTimeout(next);
    next = undefined;
  };
  return { quiet, end };
}

/** How many times longer the two pieces of work take here, each the shortest of three, with nothing else under way. */
function measureQuietly() {
  const shortest = (work) => Math.min(time(work), time(work), time(work));
  return {
    computing: shortest(compute) / quietMs.computing,
    starting: shortest(start) / quietMs.starting,
  };
}

/** Keeps this process free: it has rings to watch, and what passes between tests and browsers passes through it. */
async function measureInPassing() {
  const begun = performance.now();
  await once(spawn(process.execPath, nothing, { stdio: 'ignore' }), 'exit');
  return Math.max(1, (performance.now() - begun) / quietMs.starting);
}

function time(work) {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

/** Arithmetic and memory, as tests have them. */
function compute() {
  const numbers = Float32Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 300_007);
  numbers.sort();
  let state = 1;
  for (let i = 0; i < 6e6; i++) state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
  return numbers[0] + state;
}

function start() {
  spawnSync(process.execPath, nothing);
}

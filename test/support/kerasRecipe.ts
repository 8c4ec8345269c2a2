import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { Draws } from '../../src/engine/train/draws';
import type { EpochResult } from '../../src/protocol/training';
import { keras } from '../../src/library/keras';
import type { Stage } from '../../src/recipes/defaultStages';
import { ended } from './runScript';
import { writePng } from './writePng';

/** A Python that has what python/train_default.py imports; undefined where this machine has none. */
export function pythonWithTensorFlow(): string | undefined {
  const python = process.env['ALEXNET_PYTHON'] ?? 'python3';
  const question = `
from importlib.metadata import version
from importlib.util import find_spec
assert version('keras').startswith('3.') and find_spec('tensorflow') and find_spec('PIL')`;
  return spawnSync(python, ['-c', question]).status === 0 ? python : undefined;
}

/** A stage as python/stages.json has it. */
export function asKerasStage({ name, document, learns, batch, storedSide, plan }: Stage): unknown {
  const learning = document.network.layers.filter((layer) => layer.weights.length > 0);
  return {
    name,
    network: document.id === keras.id ? 'whole' : 'convolutions',
    batch,
    storedSide,
    learns: learning.map((layer) => layer.name).filter(learns),
    // The classes are those of the folder.
    plan: { ...plan, objective: { smoothing: plan.objective.smoothing } },
  };
}

/** Classes by their WordNet ids, and a photograph of each. */
const photographs = {
  n03028079: 'church.jpg',
  n03445777: 'golf-ball.jpg',
  n03888257: 'parachute.jpg',
} as const;

/** A folder of three classes: a photograph of each, and as many drawn pictures as asked for. */
export function drawClasses(folder: string, drawn: number): void {
  for (const [kind, [synset, photograph]] of Object.entries(photographs).entries()) {
    const home = join(folder, synset);
    mkdirSync(home, { recursive: true });
    copyFileSync(join('samples', photograph), join(home, photograph));
    for (let index = 0; index < drawn; index++)
      writeFileSync(join(home, `${index}.png`), drawnPng(kind, index));
  }
}

const [width, height] = [60, 48];

/** Stripes across, down or aslant under much noise: where a picture is even, rounding decides what a pool takes. */
function drawnPng(kind: number, index: number): Uint8Array {
  const draws = new Draws('drawn', kind, index);
  const rgb = Uint8Array.from({ length: 3 * width * height }, (_, at) => {
    const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
    const along = [y, x, x + y][kind] ?? 0;
    return 127 + 60 * Math.sin((along + index) / 3) + draws.between(-60, 60);
  });
  return writePng(rgb, width, height);
}

export interface KerasRun {
  readonly python: string;
  readonly folder: string;
  readonly out: string;
  /** A file such as python/stages.json. */
  readonly stages: string;
}

/** Starts python/train_default.py as so many workers; a line is logged at every step. */
export async function startKeras(run: KerasRun, workers: number): Promise<readonly ChildProcess[]> {
  const ports = workers > 1 ? await freePorts(workers) : [];
  const worker = ports.map((port) => `localhost:${port}`);
  const args = [run.folder, '--out', run.out, '--stages', run.stages, '--steps-per-line', '1'];
  return Array.from({ length: workers }, (_, index) => {
    const config = JSON.stringify({ cluster: { worker }, task: { type: 'worker', index } });
    return spawn(run.python, ['-B', resolve('python/train_default.py'), ...args], {
      env: { ...process.env, ...(workers > 1 && { TF_CONFIG: config }) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  });
}

/** Runs it to its end; throws with what it printed where it fails. */
export async function runKeras(run: KerasRun, workers: number): Promise<void> {
  const processes = await startKeras(run, workers);
  for (const { code, output } of await Promise.all(processes.map(ended)))
    if (code !== 0) throw new Error(`train_default.py ended with ${code}:\n${output}`);
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listening()));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}

function listening(): Promise<ReturnType<typeof createServer>> {
  return new Promise((settle, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, 'localhost', () => settle(server));
  });
}

/** A line of a recipe's log; which fields it has beside the first two depends on `what`. */
export interface LogLine extends Partial<EpochResult> {
  readonly stage: string;
  readonly what: string;
  readonly done?: number;
  readonly epoch?: number;
  readonly step?: number;
  readonly rate?: number;
}

/** What a recipe has logged in its folder until now, but no line that is not whole yet. */
export function readLog(out: string): readonly LogLine[] {
  const text = readFileSync(join(out, 'log.jsonl'), 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LogLine);
}

import * as tf from '@tensorflow/tfjs-core';
import { alexNets } from '../../src/library/alexNets';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { startBackend } from '../../src/engine/backends/startBackend';
import { buildModel } from '../../src/engine/model/builtModel';
import { randomLayerWeights } from '../../src/files/randomWeights';
import { alternate } from './alternate';
import { bareForward } from './bareForward';
import { writeMeasures } from './writeMeasures';

const runs = 15;
const { network } = alexNets.keras;

/** A process that runs the bare forward pass once for each message; threads belong to a process for life. */
async function serve(threads: number): Promise<void> {
  tf.enableProdMode();
  const params = { backend: 'wasm', addonPath: undefined, refused: [], threads } as const;
  const info = await startBackend(params, resolve('dist/wasm'), () => undefined);
  if (info.threads !== threads) throw new Error(JSON.stringify(info.refused));
  const model = await buildModel(network, (layer) => randomLayerWeights(layer, 1));
  const picture = Float32Array.from({ length: 224 * 224 * 3 }, (_, i) => Math.abs(Math.sin(i)));
  process.on('message', () => {
    process.send?.(bareForward(model, picture)[0]);
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.('ready');
}

/** WebAssembly on one and on two threads, in turn. */
async function bench(): Promise<void> {
  const ways: Record<string, () => Promise<unknown>> = {};
  const children = [];
  for (const threads of [1, 2]) {
    const child = fork(__filename, [`${threads}`]);
    children.push(child);
    await once(child, 'message');
    ways[`bare forward pass, ${threads} thread(s)`] = () => {
      const answer = once(child, 'message');
      child.send('run');
      return answer;
    };
  }
  await alternate(ways, 3);
  writeMeasures('wasm', await alternate(ways, runs));
  for (const child of children) child.disconnect();
}

const [threads] = process.argv.slice(2);
void (threads === undefined ? bench() : serve(Number(threads)));

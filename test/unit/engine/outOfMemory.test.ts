import * as tf from '@tensorflow/tfjs-core';
import { alexNets } from '../../../src/library/alexNets';
import { strict as assert } from 'node:assert';
import { resolve } from 'node:path';
import { startBackend } from '../../../src/engine/backends/startBackend';
import { buildModel } from '../../../src/engine/model/builtModel';
import { OutOfMemoryError, explainMemory } from '../../../src/engine/runtime/outOfMemory';
import { forward } from '../../../src/engine/run/forward';
import { randomLayerWeights } from '../../../src/files/randomWeights';

const mebibyte = 2 ** 20;
/** What WebAssembly can address. */
const heapBytes = 2 ** 32 - 2 ** 16;
const { network } = alexNets.keras;

interface Heap {
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** Takes all but so much of the heap; the pages are never touched, so that this costs no memory. */
function fillHeap(leave: number): () => void {
  const { wasm } = tf.backend() as unknown as { readonly wasm: Heap };
  const blocks: number[] = [];
  for (let left = heapBytes - leave; left > 0; left -= 256 * mebibyte) {
    try {
      blocks.push(wasm._malloc(Math.min(left, 256 * mebibyte)));
    } catch {
      // What a test before this one has left in pieces counts as taken.
      break;
    }
  }
  return () => blocks.forEach((block) => wasm._free(block));
}

async function loadAndRun(): Promise<void> {
  const model = await buildModel(network, (layer) => randomLayerWeights(layer, 1));
  try {
    const { signal } = new AbortController();
    const options = { signal, onLayer: () => undefined };
    const inputs = new Map([['input', new Float32Array(224 * 224 * 3)]]);
    await forward(model, inputs, options);
  } finally {
    model.dispose();
  }
}

describe("WebAssembly's memory, when it is full", () => {
  before(async () => {
    const params = { backend: 'wasm', addonPath: undefined, refused: [], threads: 1 } as const;
    await startBackend(params, resolve('dist/wasm'), () => undefined);
  });

  after(() => tf.removeBackend('wasm'));

  // The weights have 238 MB; the kernels' own copy of them as many.
  for (const [what, leave] of [
    ['while weights are loaded', 100 * mebibyte],
    ['in the first run, where the kernels pack them', 300 * mebibyte],
  ] as const) {
    it(`is told ${what}, and nothing is left behind`, async () => {
      const before = tf.memory().numTensors;
      const free = fillHeap(leave);
      await assert.rejects(explainMemory(loadAndRun), (error) => {
        assert.ok(error instanceof OutOfMemoryError, String(error));
        assert.match(error.message, /ran out of memory and was stopped; it starts again/);
        return true;
      });
      free();
      assert.equal(tf.memory().numTensors, before);
    });
  }
});

describe('explainMemory', () => {
  const thrown = (message: string) => explainMemory(() => Promise.reject(new Error(message)));

  for (const message of [
    'offset is out of bounds',
    'Array buffer allocation failed',
    'XNN status for xnn_create_fully_connected_nc_f32 is not successful. Got status 6',
    'OOM when allocating tensor with shape[9216,4096]',
  ]) {
    it(`knows "${message}"`, () => assert.rejects(thrown(message), OutOfMemoryError));
  }

  it('leaves other errors as they are', async () => {
    const message = 'XNN status for xnn_create_softmax_nc_f32 is not successful. Got status 2';
    await assert.rejects(thrown(message), { name: 'Error', message });
  });
});

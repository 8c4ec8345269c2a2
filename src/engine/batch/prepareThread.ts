import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { runJob, type PrepareAnswer, type PrepareQuestion } from './prepareJob';

/** As in the engine's own bundle, beside which this one lies. */
const wasmDirectory = join(__dirname, 'wasm');

/** A thread's whole life: prepares the pictures that it is sent, and hands their tensors over without a copy. */
parentPort?.on('message', ({ id, job }: PrepareQuestion) => {
  runJob(job, wasmDirectory).then(
    (tensor) => {
      const owned = tensor as Float32Array<ArrayBuffer>;
      parentPort?.postMessage({ id, tensor: owned } satisfies PrepareAnswer, [owned.buffer]);
    },
    (error: unknown) => {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      parentPort?.postMessage({ id, name, message } satisfies PrepareAnswer);
    },
  );
});

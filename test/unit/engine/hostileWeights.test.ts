import { strict as assert } from 'node:assert';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alexNets } from '../../../src/library/alexNets';
import { RemoteError } from '../../../src/protocol/rpc';
import type { StartedEngine } from '../../support/startedEngine';
import { startSlimEngine } from '../../support/startedEngine';
import { image } from '../../support/formula';
import { brokenCopy, type Family } from '../../support/fuzz/family';
import { weightFamilies } from '../../support/fuzz/weightFamilies';
import { atMost } from '../../support/waiting';
import { writePng } from '../../support/writePng';

/** A small whole file of every format, by the name that it has in its family. */
const formats: readonly (readonly [string, Family, string])[] = [
  ['safetensors', weightFamilies.safetensors, 'small.safetensors'],
  ["PyTorch's archive", weightFamilies.pytorch, 'zip.pth'],
  ["PyTorch's older form", weightFamilies.pytorch, 'legacy.pth'],
  ['npz', weightFamilies.numpy, 'compressed.npz'],
  ['npy of a dict', weightFamilies.pickle, 'npy-dicts.npy'],
  ['ONNX', weightFamilies.onnx, 'quantised-qdq.onnx'],
  ['caffemodel, V1', weightFamilies.caffemodel, 'V1'],
  ['caffemodel, V2', weightFamilies.caffemodel, 'V2'],
  ["TensorFlow.js' model.json", weightFamilies.tfjs, 'model.json'],
  ['HDF5', weightFamilies.hdf5, 'keras-small.weights.h5'],
  ["Keras' archive", weightFamilies.keras, 'keras-small.keras'],
];

const perFormat = 30;
const maxSeconds = 5;
/** Whole weights would take the rest of 1 GiB. */
const maxPeakBytes = 2 ** 29;

describe('broken files of weights, each by a seed', () => {
  const preprocess = { ...alexNets.torchvision.preprocess, fit: { mode: 'stretch' } } as const;
  const bytes = writePng(image(224, 224, 1), 224, 224);
  let engine: StartedEngine;
  let folder: string;
  let logits: Float32Array;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alexnet-hostile-'));
    engine = await startSlimEngine();
    await engine.loadRandom('torchvision');
    ({ logits } = await engine.rpc.call('classify', { runId: 1, bytes, preprocess }));
  });

  after(async () => {
    engine.stop();
    await rm(folder, { recursive: true, force: true });
  });

  for (const [format, { originals }, name] of formats) {
    it(`${format}: ${perFormat} are refused by one sentence, in time`, async () => {
      const original = originals.find((each) => each.name === name);
      assert.ok(original, name);
      const path = join(folder, 'broken');
      for (let seed = 1; seed <= perFormat; seed++) {
        await writeFile(path, await brokenCopy(original, seed));
        const started = performance.now();
        const source = { kind: 'file', name: 'broken', path } as const;
        await assert.rejects(
          engine.rpc.call('loadWeights', { documentId: 'torchvision', source }),
          (error) => {
            assert.ok(error instanceof RemoteError, `seed ${seed}: ${String(error)}`);
            assert.equal(error.remoteName, 'WeightsError', `seed ${seed}: ${error.message}`);
            assert.match(error.message, /^[^\n]{10,400}$/, `seed ${seed}`);
            return true;
          },
        );
        const seconds = (performance.now() - started) / 1000;
        assert.ok(seconds < atMost(maxSeconds), `seed ${seed} took ${seconds} s`);
      }
    });
  }

  it('leave the weights that were there, within 1 GiB', async () => {
    const run = await engine.rpc.call('classify', { runId: 2, bytes, preprocess });
    assert.deepEqual(run.logits, logits);
    const { peakBytes } = await engine.rpc.call('usage', undefined);
    assert.ok(peakBytes < maxPeakBytes, `${peakBytes} bytes`);
  });
});

import { strict as assert } from 'node:assert';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alexNets } from '../../../src/library/alexNets';
import { RemoteError } from '../../../src/protocol/rpc';
import type { StartedEngine } from '../../support/startedEngine';
import { startEngine } from '../../support/startedEngine';
import { image } from '../../support/formula';
import { mutate } from '../../support/mutate';
import { pythonFile } from '../../support/pythonFiles';
import { oneTensor, torchLegacy, torchZip } from '../../support/torchFiles';
import { atMost } from '../../support/waiting';
import { fixtureBytes } from '../../support/weightFixtures';
import { blobValues, shape, writeV1, writeV2 } from '../../support/writeCaffemodel';
import { writePng } from '../../support/writePng';
import { writeSafetensors } from '../../support/writeSafetensors';
import { tfjsJson } from '../../support/writeTfjsModel';

const layer = {
  name: 'conv1',
  type: 'Convolution',
  blobs: [Buffer.concat([shape(1, 1, 2, 2), blobValues.packed([1, 2, 3, 4])])],
} as const;
const manifest = [
  { paths: ['a.bin'], weights: [{ name: 'conv1/kernel', shape: [2], dtype: 'float32' }] },
];

/** Small whole files of every format. */
const originals: readonly {
  format: string;
  bytes: (folder: string) => Uint8Array | Promise<Uint8Array>;
}[] = [
  {
    format: 'safetensors',
    bytes: async (folder) => {
      const path = join(folder, 'small');
      const values = Float32Array.of(1, 2, 3, 4);
      await writeSafetensors(path, [{ name: 'conv1.kernel', shape: [2, 2], values }]);
      return await readFile(path);
    },
  },
  { format: "PyTorch's archive", bytes: () => torchZip(oneTensor()) },
  { format: "PyTorch's older form", bytes: () => torchLegacy(oneTensor()) },
  { format: 'npz', bytes: () => pythonFile('compressed.npz') },
  { format: 'ONNX', bytes: () => fixtureBytes('quantised-qdq.onnx') },
  { format: 'caffemodel, V1', bytes: () => writeV1([layer]) },
  { format: 'caffemodel, V2', bytes: () => writeV2([layer]) },
  { format: "TensorFlow.js' model.json", bytes: () => tfjsJson(manifest) },
  { format: 'HDF5', bytes: () => fixtureBytes('hdf5/keras-small.weights.h5') },
  { format: "Keras' archive", bytes: () => fixtureBytes('hdf5/keras-small.keras') },
];

const perFormat = 30;
const maxSeconds = 5;
const maxPeakBytes = 2 ** 30;

describe('broken files of weights, each by a seed', () => {
  const preprocess = { ...alexNets.torchvision.preprocess, fit: { mode: 'stretch' } } as const;
  const bytes = writePng(image(224, 224, 1), 224, 224);
  let engine: StartedEngine;
  let folder: string;
  let logits: Float32Array;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alexnet-hostile-'));
    engine = await startEngine();
    await engine.loadRandom('torchvision');
    ({ logits } = await engine.rpc.call('classify', { runId: 1, bytes, preprocess }));
  });

  after(async () => {
    engine.stop();
    await rm(folder, { recursive: true, force: true });
  });

  for (const { format, bytes: original } of originals) {
    it(`${format}: ${perFormat} are refused by one sentence, in time`, async () => {
      const whole = await original(folder);
      const path = join(folder, 'broken');
      for (let seed = 1; seed <= perFormat; seed++) {
        await writeFile(path, mutate(whole, seed));
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

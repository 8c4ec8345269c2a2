import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VariantId } from '../../src/network/variants/variant';
import { variantIds } from '../../src/network/variants/variant';
import { variants } from '../../src/network/variants/variants';
import type { BackendId } from '../../src/protocol/engineProtocol';
import { image } from '../support/formula';
import { formulaTensors } from '../support/formulaNetworks';
import { nativeAddon } from '../support/nativeAddon';
import { notRun } from '../support/notRun';
import { assertLayer, assertLogits, assertProbabilities, readOracle } from '../support/oracle';
import type { StartedEngine } from '../support/startedEngine';
import { startEngine } from '../support/startedEngine';
import { writePng } from '../support/writePng';
import { writeSafetensors } from '../support/writeSafetensors';

const addonPath = nativeAddon();
if (addonPath === undefined)
  notRun('native TensorFlow: the oracle on its backend (npm run native makes its addon)');

const plans: readonly {
  backend: BackendId;
  /** For WebAssembly: as many as the machine has where it is left out. */
  threads?: number;
  variants: readonly VariantId[];
  seeds: readonly number[];
}[] = [
  ...(addonPath === undefined
    ? []
    : [{ backend: 'tensorflow', variants: variantIds, seeds: [1, 2] } as const]),
  { backend: 'wasm', threads: 2, variants: variantIds, seeds: [1, 2] },
  { backend: 'wasm', threads: 1, variants: ['keras', 'bvlc'], seeds: [1] },
  { backend: 'cpu', variants: ['torchvision'], seeds: [1] },
];

for (const plan of plans) {
  const { backend, threads } = plan;
  const name = threads === undefined ? backend : `${backend}, ${threads} thread(s)`;
  describe(`every layer equals Keras' and PyTorch's on ${name}`, function () {
    this.timeout(180_000);
    let engine: StartedEngine;
    let folder: string;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'alexnet-oracle-'));
      engine = await startEngine({
        backend,
        addonPath,
        ...(threads === undefined ? {} : { threads }),
      });
      assert.equal(engine.info.backend, backend);
      if (threads !== undefined) assert.equal(engine.info.threads, threads);
    });

    after(async () => {
      engine.stop();
      await rm(folder, { recursive: true, force: true });
    });

    for (const variant of plan.variants) {
      for (const seed of plan.seeds) {
        it(`${variant}, seed ${seed}`, async () => {
          const oracle = readOracle(variant, seed);
          const path = join(folder, 'weights.safetensors');
          await writeSafetensors(path, formulaTensors(variant, seed));
          const source = { kind: 'file', name: 'formula', path } as const;
          const info = await engine.rpc.call('loadWeights', { variant, source });
          assert.equal(info.variant, variant);
          const [height, width] = oracle.input;
          const bytes = writePng(image(height, width, seed), width, height);
          const preprocess = { ...variants[variant].preprocess, fit: { mode: 'stretch' } } as const;
          const run = await engine.rpc.call('classify', { runId: seed, bytes, preprocess });
          assertLogits(run.logits, oracle);
          for (const layer of oracle.layers) {
            const tensor = await engine.rpc.call('activation', { runId: seed, layer: layer.name });
            assert.deepEqual(tensor.shape, layer.shape, layer.name);
            if (layer.name === 'prob') assertProbabilities(tensor.data, layer, oracle);
            else assertLayer(tensor.data, layer);
          }
        });
      }
    }
  });
}

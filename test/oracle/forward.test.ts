import { strict as assert } from 'node:assert';
import { type AlexNetId, alexNetIds, alexNets } from '../../src/library/alexNets';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackendId } from '../../src/protocol/engineProtocol';
import { image } from '../support/formula';
import { formulaTensors } from '../support/formulaNetworks';
import { nativeAddon } from '../support/nativeAddon';
import { notRun } from '../support/notRun';
import { assertLayers, assertLogits, explainedRuns, readOracle } from '../support/oracle';
import type { StartedEngine } from '../support/startedEngine';
import { startEngine } from '../support/startedEngine';
import { writePng } from '../support/writePng';
import { writeSafetensors } from '../support/writeSafetensors';

const addonPath = nativeAddon();
if (addonPath === undefined)
  notRun('native TensorFlow: the oracle on its backend (npm run native makes its addon)');

/** A whole `npm test` compares the rest where it is explained: loading a network takes longer than it runs. */
const isWhole = process.env['ALEXNET_ASKED_BY_NAME'] === 'yes';
const elsewhere: readonly string[] = isWhole ? [] : explainedRuns;

interface Plan {
  readonly backend: BackendId;
  /** For WebAssembly: as many as the machine has where it is left out. */
  readonly threads?: number;
  readonly alexNets: readonly AlexNetId[];
  readonly seeds: readonly number[];
}

const plans: readonly Plan[] = [
  ...(addonPath === undefined
    ? []
    : [{ backend: 'tensorflow', alexNets: alexNetIds, seeds: [1, 2] } as const]),
  { backend: 'wasm', threads: 2, alexNets: alexNetIds, seeds: [1, 2] },
  // Explained runs have one thread, of every variant.
  ...(isWhole
    ? [{ backend: 'wasm', threads: 1, alexNets: ['keras', 'bvlc'], seeds: [1] } as const]
    : []),
  { backend: 'cpu', alexNets: ['torchvision'], seeds: [1] },
];

/** Which variants the oracles gave the same weights. */
const sameTensors = {
  keras: ['keras'],
  'two-tower': ['paper', 'bvlc', 'caffenet'],
  torchvision: ['torchvision'],
} as const;

function isElsewhere({ alexNets: all }: Plan, run: string): boolean {
  return all.length === alexNetIds.length && elsewhere.includes(run);
}

const nameOf = ({ backend, threads }: Plan): string =>
  threads === undefined ? backend : `${backend}, ${threads} thread(s)`;

describe("every layer equals Keras' and PyTorch's", () => {
  const engines = new Map<Plan, StartedEngine>();
  let folder: string;

  before(async () => {
    assert.deepEqual(Object.values(sameTensors).flat().sort(), [...alexNetIds].sort());
    folder = await mkdtemp(join(tmpdir(), 'alexnet-oracle-'));
  });

  after(async () => {
    for (const engine of engines.values()) engine.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Started once: what it keeps from one network to the next must not show. */
  async function engineOf(plan: Plan): Promise<StartedEngine> {
    const { backend, threads } = plan;
    const started = engines.get(plan);
    if (started !== undefined) return started;
    const engine = await startEngine({
      backend,
      addonPath,
      ...(threads === undefined ? {} : { threads }),
    });
    engines.set(plan, engine);
    assert.equal(engine.info.backend, backend);
    if (threads !== undefined) assert.equal(engine.info.threads, threads);
    return engine;
  }

  for (const seed of [1, 2]) {
    for (const [tensors, withThem] of Object.entries(sameTensors)) {
      describe(`with the ${tensors} weights of seed ${seed}`, () => {
        // One file for all: its 250 MB take longer to compute than a network does.
        let file: string;
        before(async () => {
          file = join(folder, 'weights.safetensors');
          await writeSafetensors(file, formulaTensors(withThem[0], seed));
        });

        for (const documentId of withThem) {
          for (const plan of plans) {
            if (!plan.alexNets.includes(documentId) || !plan.seeds.includes(seed)) continue;
            if (isElsewhere(plan, `${documentId} ${seed}`)) continue;
            it(`${documentId} on ${nameOf(plan)}`, async () => {
              await assertEqual(await engineOf(plan), documentId, seed, file);
            });
          }
        }
      });
    }
  }
});

/** Loads the weights, classifies the oracle's picture and compares logits and every layer. */
async function assertEqual(
  { rpc }: StartedEngine,
  documentId: AlexNetId,
  seed: number,
  path: string,
): Promise<void> {
  const oracle = readOracle(documentId, seed);
  const source = { kind: 'file', name: 'weights.safetensors', path } as const;
  const info = await rpc.call('loadWeights', { documentId, source });
  assert.equal(info.documentId, documentId);
  const [height, width] = oracle.input;
  const bytes = writePng(image(height, width, seed), width, height);
  const preprocess = { ...alexNets[documentId].preprocess, fit: { mode: 'stretch' } } as const;
  const run = await rpc.call('classify', { runId: seed, bytes, preprocess });
  assertLogits(run.logits, oracle);
  await assertLayers(oracle, (layer) => rpc.call('activation', { runId: seed, layer }));
}

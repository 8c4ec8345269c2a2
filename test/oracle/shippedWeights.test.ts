import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogue } from '../../src/library/catalogue';
import type { BackendId } from '../../src/protocol/engineProtocol';
import { nativeAddon } from '../support/nativeAddon';
import { notRun } from '../support/notRun';
import { startEngine } from '../support/startedEngine';

const addonPath = nativeAddon();
if (addonPath === undefined)
  notRun(
    'native TensorFlow: the weights that ship on its backend (npm run native makes its addon)',
  );

const backends: readonly BackendId[] = addonPath === undefined ? ['wasm'] : ['wasm', 'tensorflow'];

/** Sample pictures and what they show, a class of ImageNet's. */
const samples = {
  'golf-ball.jpg': 574,
  'parachute.jpg': 701,
  'church.jpg': 497,
} as const;

describe('the weights that ship', () => {
  const entry = catalogue.find(({ shipped }) => shipped !== undefined)!;
  const { shipped = '', classes = [], name } = entry;

  for (const backend of backends)
    it(`know the samples on ${backend}, and give no other class than theirs a chance`, async () => {
      const engine = await startEngine({ backend, addonPath });
      try {
        const source = { kind: 'packed', name, path: join('weights', shipped) } as const;
        const info = await engine.rpc.call('loadWeights', { documentId: entry.documentId, source });
        assert.equal(info.trained, true);
        for (const [index, [file, truth]] of Object.entries(samples).entries()) {
          const bytes = await readFile(join('samples', file));
          const { logits } = await engine.classify('keras', index + 1, bytes);
          assert.equal(logits.indexOf(Math.max(...logits)), truth, file);
          for (const [output, logit] of logits.entries())
            if (!classes.includes(output)) assert.equal(logit, -100);
        }
      } finally {
        engine.stop();
      }
    });
});

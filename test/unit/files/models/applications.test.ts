import { strict as assert } from 'node:assert';
import { kerasPlans } from '../../../../src/files/models/keras/kerasPlans';
import { assemble } from '../../../../src/network/assemble';
import { summarize } from '../../../../src/network/summary';
import { unpackFixtures } from '../../../support/modelFixtures';

/** What Keras says of an architecture: name, class, shape and parameters of each layer; null where a side is open. */
interface Said {
  readonly totals: { readonly parameters: number };
  readonly layers: readonly (readonly [string, string, readonly (number | null)[], number])[];
}

const files = unpackFixtures('applications.br');
const names = [...files.keys()].filter((name) => name.endsWith('.config.json'));

describe('architectures of keras.applications', () => {
  for (const file of names) {
    const name = file.replace('.config.json', '');
    it(`${name} has Keras’ shapes and parameters, layer by layer`, () => {
      const config: unknown = JSON.parse(files.get(file)!.toString());
      const said = JSON.parse(files.get(`${name}.json`)!.toString()) as Said;
      const { plans, open, ...ends } = kerasPlans(config, { isKeras2: false, size: [224, 224] });
      const network = assemble(plans, ends);
      assert.deepEqual(network.unresolved, []);
      assert.equal(open.length, name.startsWith('MobileNetV3') ? 1 : 0);
      const { layers, totals } = summarize(network);
      const held = new Map<string, number>();
      const own = new Set(said.layers.map(([layer]) => layer));
      for (const layer of layers) {
        // A layer that is two here stands under Keras' name.
        const row = own.has(layer.name) ? layer.name : layer.name.replace(/\/[^/]*$/, '');
        held.set(row, (held.get(row) ?? 0) + layer.parameters);
      }
      const shapes = new Map(layers.map((layer) => [layer.name, layer.outputShape]));
      for (const [layer, kind, shape, parameters] of said.layers) {
        if (kind === 'InputLayer' && layer.includes('/')) continue;
        const known = shape.map((side, axis) => side ?? shapes.get(layer)?.[axis]);
        assert.deepEqual(shapes.get(layer), known, layer);
        assert.equal(held.get(layer), parameters, layer);
      }
      assert.equal(totals.parameters, said.totals.parameters);
    });
  }
});

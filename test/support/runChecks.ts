import { strict as assert } from 'node:assert';
import { ranValuesOf } from '../../src/engine/run/runStore';
import type { Check } from './changeChecks';
import { assertLayer, assertLayers, assertLogits, readOracle } from './oracle';

/** The run that is explained, and what its strongest class rests on, beside what Keras and PyTorch say of the same. */
export const runChecks = {
  'values of every layer': async ({ fixture: { variant, seed }, model, run }) => {
    const oracle = readOracle(variant, seed);
    const [output = ''] = model.network.outputs;
    assertLogits(run.logits.get(output) ?? ranValuesOf(run, output).data, oracle);
    await assertLayers(oracle, (layer) => ranValuesOf(run, layer));
  },
  'slopes to each pixel, whatever its colour,': async ({ explain, fixture }) => {
    const { class: index = NaN, saliency } = readOracle(fixture.variant, fixture.seed);
    const { map } = await explain({ method: 'saliency', target: { class: index } });
    const [height = 0, width = 0, channels = 0] = map.shape;
    const strongest = Float32Array.from({ length: height * width }, (_, pixel) => {
      const slopes = map.data.subarray(pixel * channels, (pixel + 1) * channels);
      return slopes.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0);
    });
    assert.ok(saliency);
    assertLayer(strongest, saliency);
  },
} as const satisfies Readonly<Record<string, Check>>;

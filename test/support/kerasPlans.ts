import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { kerasPlans } from '../../src/files/models/keras/kerasPlans';
import { assemble } from '../../src/network/assemble';
import type { Network } from '../../src/network/network';
import type { Shape } from '../../src/network/tensor/shape';

/** What Keras computed of one layer: its output's shape without the batch, and its parameters. */
export interface KerasLayer {
  readonly name: string;
  readonly kind: string;
  readonly shape: Shape;
  readonly parameters: number;
}

export interface KerasModel {
  readonly network: Network;
  readonly layers: readonly KerasLayer[];
  readonly parameters: number;
}

/** A model of test/fixtures/models by its config; the class `unknown` has another name there. */
export function kerasModel(name: string, unknown?: string): KerasModel {
  const folder = resolve('test/fixtures/models');
  const packed = readFileSync(resolve(folder, `${name}.config.json.br`));
  const text = brotliDecompressSync(packed).toString();
  const config: unknown = JSON.parse(
    unknown === undefined
      ? text
      : text.replaceAll(`"class_name": "${unknown}"`, '"class_name": "Odd"'),
  );
  const stated = JSON.parse(readFileSync(resolve(folder, `${name}.json`), 'utf8')) as {
    readonly totals: { readonly parameters: number };
    readonly layers: readonly (readonly [string, string, Shape, number])[];
  };
  const layers = stated.layers.map(([layer, kind, shape, parameters]) => ({
    ...{ name: layer, kind, shape, parameters },
  }));
  const { plans, inputs, outputs } = kerasPlans(config, { isKeras2: false, size: [224, 224] });
  const network = assemble(plans, { inputs, outputs });
  return { network, layers, parameters: stated.totals.parameters };
}

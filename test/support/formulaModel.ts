import type { NetworkWeights } from '../../src/files/matching/networkWeights';
import type { BuiltModel } from '../../src/engine/model/builtModel';
import { forward } from '../../src/engine/run/forward';
import { storedRun, type StoredRun } from '../../src/engine/run/runStore';
import { preprocess } from '../../src/imaging/preprocess';
import { alexNets, type AlexNetId } from '../../src/library/alexNets';
import { inputShape } from '../../src/network/inputShape';
import { inputName } from '../../src/network/network';
import { image } from './formula';
import { formulaTensors } from './formulaNetworks';
import { ownIndex, ownName } from './trainingFixtures';
import type { FileTensor } from './writeSafetensors';

/** The oracles' weights of a variant and seed, by this project's names and in its layouts. */
export function formulaNetworkWeights(variant: AlexNetId, seed: number): NetworkWeights {
  return new Map(
    formulaTensors(variant, seed).map((tensor) =>
      // Towers are drawn in PyTorch's layout and given in ours already.
      variant === 'torchvision'
        ? [ownName(tensor.name), inOwnLayout(tensor)]
        : [tensor.name, tensor.values],
    ),
  );
}

/** PyTorch's [out, in, h, w] as [h, w, in, out], its [out, in] as [in, out]; by rows, as there are millions of values. */
function inOwnLayout({ name, shape, values }: FileTensor): Float32Array {
  if (shape.length < 2) return values;
  const [outputs = 0] = shape;
  const each = values.length / outputs;
  const own = new Float32Array(values.length);
  for (let at = 0; at < each; at++) {
    const row = ownIndex('torchvision', { name, shape, at: [] }, at) / outputs;
    for (let output = 0; output < outputs; output++)
      own[row * outputs + output] = values[output * each + at]!;
  }
  return own;
}

/** The same, computed once for variants with the same weights that follow each other: it takes longer than a network does. */
export class SharedWeights {
  private last: { readonly key: string; readonly weights: NetworkWeights } | undefined;

  of(variant: AlexNetId, seed: number): NetworkWeights {
    const hasTowers = ['paper', 'bvlc', 'caffenet'].includes(variant);
    const key = `${hasTowers ? 'towers' : variant} ${seed}`;
    if (this.last?.key !== key) this.last = { key, weights: formulaNetworkWeights(variant, seed) };
    return this.last.weights;
  }
}

/** The oracles' picture of a seed through a model of a variant. */
export async function formulaRun(
  model: BuiltModel,
  variant: AlexNetId,
  seed: number,
): Promise<StoredRun> {
  const { network } = model;
  const shape = inputShape(network);
  const [height, width] = shape;
  const rgb = image(height, width, seed);
  const stretch = { ...alexNets[variant].preprocess, fit: { mode: 'stretch' } } as const;
  const { tensor } = preprocess({ width, height, rgb }, stretch, height, width);
  const { signal } = new AbortController();
  const inputs = new Map([[inputName(network), tensor]]);
  const pass = await forward(model, inputs, { signal, onLayer: () => undefined });
  const input = { shape, data: tensor };
  return storedRun({ runId: seed, network, weightsId: 1, input, preprocess: stretch }, pass);
}

import type { NetworkWeights } from '../../src/files/matching/networkWeights';
import type { BuiltModel } from '../../src/engine/model/builtModel';
import { forward } from '../../src/engine/run/forward';
import { storedRun, type StoredRun } from '../../src/engine/run/runStore';
import { preprocess } from '../../src/imaging/preprocess';
import { alexNets, type AlexNetId } from '../../src/library/alexNets';
import { inputShape } from '../../src/network/inputShape';
import { inputName } from '../../src/network/network';
import { image } from './formula';
import { formulaTensors, turnedTensors } from './formulaNetworks';
import { torchvisionKernels } from './kernelShapes';
import { ownName } from './trainingFixtures';

/** The oracles' weights of a variant and seed, by this project's names and in its layouts. */
export function formulaNetworkWeights(variant: AlexNetId, seed: number): NetworkWeights {
  const tensors =
    variant === 'torchvision'
      ? turnedTensors(
          torchvisionKernels.map(([name, shape]) => [ownLayer(name), shape]),
          seed,
        )
      : formulaTensors(variant, seed);
  return new Map(tensors.map(({ name, values }) => [name, values]));
}

const ownLayer = (name: string): string => ownName(`${name}.weight`).replace('.kernel', '');

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

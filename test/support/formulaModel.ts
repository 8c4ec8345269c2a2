import type { NetworkWeights } from '../../src/files/matching/networkWeights';
import type { AlexNetId } from '../../src/library/alexNets';
import { formulaTensors } from './formulaNetworks';
import { ownIndex, ownName } from './trainingFixtures';

/** The oracles' weights of a variant and seed, by this project's names and in its layouts. */
export function formulaNetworkWeights(variant: AlexNetId, seed: number): NetworkWeights {
  return new Map(
    formulaTensors(variant, seed).map((tensor) => {
      // Towers are drawn in PyTorch's layout and given in ours already.
      if (variant !== 'torchvision') return [tensor.name, tensor.values];
      const values = new Float32Array(tensor.values.length);
      for (let at = 0; at < values.length; at++) {
        values[ownIndex(variant, { ...tensor, at: [] }, at)] = tensor.values[at]!;
      }
      return [ownName(tensor.name), values];
    }),
  );
}

import type { Layer } from '../../src/network/layers/layer';
import { elementCount } from '../../src/network/tensor/shape';
import type { NetworkWeights } from '../../src/files/matching/networkWeights';
import { weightKey } from '../../src/files/matching/networkWeights';
import { numbers, weights } from './formula';

/** Weights by formula for any layer: kernels by fan-in, batch norm around its identity; those of another `stream` differ. */
export function formulaWeights(layer: Layer, stream = 7): NetworkWeights {
  return new Map(
    layer.weights.map(({ name, shape }, k) => {
      const count = elementCount(shape);
      const values = (): Float32Array => {
        switch (name) {
          case 'kernel':
            return weights(count, count / (shape.at(-1) ?? 1), stream + k);
          case 'gamma':
          case 'moving_variance':
          case 'variance':
          case 'alpha':
            return numbers(count, stream + k, 0.5, 1);
          case 'bias':
          case 'beta':
          case 'moving_mean':
          case 'mean':
          case 'count':
            return numbers(count, stream + k, 0.2);
        }
      };
      return [weightKey(layer.name, name), values()];
    }),
  );
}

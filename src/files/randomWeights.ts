import type { Layer, WeightSpec } from '../network/layers/layer';
import type { Network } from '../network/network';
import { elementCount } from '../network/tensor/shape';
import type { NetworkWeights } from './matching/networkWeights';
import { weightKey } from './matching/networkWeights';

/**
 * He-uniform kernels (He et al. 2015, limit √(6 / fan-in)), zero biases, identity batch norm.
 * A value depends only on the seed, the weight's name and its index, so that every machine draws the same network.
 */
export function randomWeights(network: Network, seed: number): NetworkWeights {
  return new Map(network.layers.flatMap((layer) => [...randomLayerWeights(layer, seed)]));
}

/** Draws the weights of one layer. */
export function randomLayerWeights(layer: Layer, seed: number): NetworkWeights {
  return new Map(
    layer.weights.map((spec) => [
      weightKey(layer.name, spec.name),
      initialValues(layer, spec, seed),
    ]),
  );
}

function initialValues(layer: Layer, spec: WeightSpec, seed: number): Float32Array {
  const values = new Float32Array(elementCount(spec.shape));
  switch (spec.name) {
    case 'kernel': {
      const fanIn = elementCount(spec.shape.slice(0, -1));
      fillUniform(values, Math.sqrt(6 / fanIn), streamOf(`${seed}/${layer.name}`));
      return values;
    }
    case 'gamma':
    case 'moving_variance':
    case 'variance':
      return values.fill(1);
    case 'alpha':
      // He et al. 2015, section 2.1.
      return values.fill(0.25);
    case 'bias':
    case 'beta':
    case 'moving_mean':
    case 'mean':
    case 'count':
      return values;
  }
}

/** FNV-1a of the name: the state of the generator at which a weight's stream starts. */
function streamOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** Counter-based: murmur3's finaliser of stream + index, from -limit to limit. */
function fillUniform(values: Float32Array, limit: number, stream: number): void {
  const scale = (2 * limit) / 2 ** 32;
  for (let i = 0; i < values.length; i++) {
    let h = (stream + i) | 0;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    values[i] = ((h ^ (h >>> 16)) >>> 0) * scale - limit;
  }
}

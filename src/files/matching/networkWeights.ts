import type { WeightName } from '../../network/layers/layer';

/** Values of a network's or a layer's weights by `layer.weight`, row-major, in the shapes of their WeightSpecs. */
export type NetworkWeights = ReadonlyMap<string, Float32Array>;

/** The name of a weight in NetworkWeights and in the project's own safetensors files, such as `conv1.kernel`. */
export function weightKey(layer: string, weight: WeightName): string {
  return `${layer}.${weight}`;
}

import type { WeightName } from '../../network/layers/layer';

/** Weights of a network, or of one of its layers, by `layer.weight`, row-major in the shape that its WeightSpec names. */
export type NetworkWeights = ReadonlyMap<string, Float32Array>;

/** The name of a weight in NetworkWeights and in the project's own safetensors files, such as `conv1.kernel`. */
export function weightKey(layer: string, weight: WeightName): string {
  return `${layer}.${weight}`;
}

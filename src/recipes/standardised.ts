import type { NetworkWeights } from '../files/matching/networkWeights';
import { torchvisionImageNet, type Preprocess } from '../network/preprocess/preprocess';

/** ImageNet's mean and deviation of each channel, of pixels from 0 to 1. */
const { mean, std } = torchvisionImageNet;

/**
 * Another preparing of pictures in which every channel has mean 0 and deviation 1. Of pixels that are all positive half
 * of a first convolution's ReLUs hardly ever open and the others hardly ever close.
 */
export function standardised(preprocess: Preprocess): Preprocess {
  return { ...preprocess, mean, std };
}

/**
 * The weights that make the same of pixels from 0 to 1 as these make of standardised ones, but for the outermost cells
 * of a convolution that pads with zeros: W(x - mean) / std + b = (W / std) x + (b - Σ W · mean / std).
 */
export function ofPlainPixels(weights: NetworkWeights, layer: string): NetworkWeights {
  const kernel = weights.get(`${layer}.kernel`) ?? new Float32Array();
  const bias = Float32Array.from(weights.get(`${layer}.bias`) ?? []);
  const filters = bias.length;
  const shifts = new Float64Array(filters);
  const scaled = kernel.map((value, at) => {
    const channel = Math.floor(at / filters) % mean.length;
    const weight = value / (std[channel] ?? 1);
    const filter = at % filters;
    shifts[filter] = (shifts[filter] ?? 0) + weight * (mean[channel] ?? 0);
    return weight;
  });
  return new Map([
    ...weights,
    [`${layer}.kernel`, scaled],
    [`${layer}.bias`, bias.map((value, filter) => value - (shifts[filter] ?? 0))],
  ]);
}

import type { Shape } from '../../network/tensor/shape';
import { isMapShape } from '../../network/tensor/shape';
import type { LayerRun } from '../../protocol/runMaps';

type MapSummary = Pick<LayerRun, 'height' | 'width' | 'mean' | 'strongest' | 'strongestChannel'>;

/** A layer's values made small enough to draw: the mean of its channels and its strongest channel. */
export function summarizeMap(values: Float32Array, shape: Shape): MapSummary {
  if (!isMapShape(shape)) {
    return {
      height: 1,
      width: values.length,
      mean: values,
      strongest: values,
      strongestChannel: 0,
    };
  }
  const [height, width, channels] = shape;
  const mean = new Float32Array(height * width);
  const energy = new Float64Array(channels);
  for (let cell = 0, i = 0; cell < mean.length; cell++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++, i++) {
      const value = values[i] ?? 0;
      sum += value;
      energy[channel] = (energy[channel] ?? 0) + value * value;
    }
    mean[cell] = sum / channels;
  }
  const strongestChannel = indexOfLargest(energy);
  const strongest = mean.map((_, cell) => values[cell * channels + strongestChannel] ?? 0);
  return { height, width, mean, strongest, strongestChannel };
}

function indexOfLargest(values: Float64Array): number {
  return values.reduce((best, value, index) => (value > (values[best] ?? 0) ? index : best), 0);
}

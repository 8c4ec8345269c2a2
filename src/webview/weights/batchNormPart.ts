import type { LayerOf } from '../../network/layers/layer';
import type { TensorSummary, WeightSummary } from '../../protocol/weightSummary';
import { element } from '../draw/element';
import { unitPlot } from './unitPlot';

/** What a batch normalisation does to each channel, its four tensors taken together. */
export function batchNormPart(
  { epsilon }: LayerOf<'BatchNormalization'>,
  { tensors }: WeightSummary,
): HTMLElement | undefined {
  const effect = batchNormEffect(tensors, epsilon);
  if (!effect) return undefined;
  return element(
    'section',
    { class: 'weights-part', 'aria-labelledby': 'weights-effect' },
    element('h3', { id: 'weights-effect' }, 'Together: y = scale · x + shift'),
    unitPlot(effect.scale, { title: 'scale by channel', unit: 'channel' }),
    unitPlot(effect.shift, { title: 'shift by channel', unit: 'channel' }),
    element(
      'p',
      { class: 'quiet' },
      `scale = gamma / √(moving_variance + ${epsilon}), shift = beta − moving_mean · scale`,
    ),
  );
}

/** What batch normalisation comes down to at inference: y = scale · x + shift, channel by channel. */
interface BatchNormEffect {
  readonly scale: Float32Array;
  readonly shift: Float32Array;
}

/** gamma / √(variance + epsilon), and beta − mean · scale; undefined where a tensor is missing. */
export function batchNormEffect(
  tensors: readonly TensorSummary[],
  epsilon: number,
): BatchNormEffect | undefined {
  const valuesOf = (name: TensorSummary['name']): Float32Array | undefined =>
    tensors.find((tensor) => tensor.name === name)?.values;
  const [mean, variance] = [valuesOf('moving_mean'), valuesOf('moving_variance')];
  if (!mean || !variance) return undefined;
  const gamma = valuesOf('gamma') ?? new Float32Array(mean.length).fill(1);
  const beta = valuesOf('beta') ?? new Float32Array(mean.length);
  const exact = Float64Array.from(
    gamma,
    (value, channel) => value / Math.sqrt((variance[channel] ?? NaN) + epsilon),
  );
  const shift = Float32Array.from(
    beta,
    (value, channel) => value - (mean[channel] ?? NaN) * (exact[channel] ?? NaN),
  );
  return { scale: Float32Array.from(exact), shift };
}

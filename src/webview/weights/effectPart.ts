import type { LayerOf } from '../../network/layer';
import type { WeightSummary } from '../../protocol/weightSummary';
import { element } from '../draw/element';
import { batchNormEffect } from './batchNormEffect';
import { unitPlot } from './unitPlot';

/** What a batch normalisation does to each channel, its four tensors taken together. */
export function effectPart(
  { epsilon }: LayerOf<'BatchNormalization'>,
  { tensors }: WeightSummary,
): HTMLElement | undefined {
  const effect = batchNormEffect(tensors, epsilon);
  if (!effect) return undefined;
  return element(
    'section',
    { class: 'tensor', 'aria-labelledby': 'weights-effect' },
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

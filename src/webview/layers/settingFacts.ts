import type { Layer, Padding } from '../../network/layer';
import type { Fact } from '../draw/factList';
import { slideWindow } from '../../network/window';

/** What was chosen when the layer was written: kernel, stride, padding, groups and the like. */
export function settingFacts(layer: Layer): readonly Fact[] {
  const side = layer.inputShape[0] ?? 0;
  switch (layer.kind) {
    case 'Conv2D': {
      const { kernel, stride, groups } = layer;
      return [
        { term: 'Kernel', value: windowWords(kernel, stride) },
        { term: 'Padding', value: paddingWords(side, { ...layer, size: kernel }) },
        { term: 'Groups', value: groupWords(groups) },
      ];
    }
    case 'MaxPooling2D': {
      const { pool, stride, ceil } = layer;
      return [
        { term: 'Window', value: windowWords(pool, stride) },
        {
          term: 'Padding',
          value: paddingWords(side, { ...layer, size: pool }) + (ceil ? ', size rounded up' : ''),
        },
      ];
    }
    case 'AdaptiveAveragePooling2D':
      return [{ term: 'Output side', value: `${layer.size} for any input` }];
    case 'BatchNormalization':
      return [{ term: 'Epsilon', value: String(layer.epsilon) }];
    case 'LocalResponseNormalization': {
      const { depthRadius, bias, alpha, beta } = layer;
      return [
        { term: 'Window', value: `${2 * depthRadius + 1} channels` },
        { term: 'Constants', value: `k ${bias}, alpha ${alpha} per element, beta ${beta}` },
      ];
    }
    case 'Dropout':
      return [{ term: 'Rate', value: `${layer.rate} in training, none at inference` }];
    case 'InputLayer':
    case 'Flatten':
    case 'Dense':
    case 'Softmax':
      return [];
  }
}

function windowWords(size: number, stride: number): string {
  return `${size} × ${size}, stride ${stride}`;
}

function groupWords(groups: number): string {
  return groups === 1 ? '1' : `${groups}: each filter sees 1/${groups} of the channels`;
}

interface Sliding {
  readonly size: number;
  readonly stride: number;
  readonly padding: Padding;
  readonly ceil?: boolean;
}

/** A window's padding with the zeros it really adds: `same (3 before, 4 after)`. */
function paddingWords(input: number, settings: Sliding): string {
  const { padBefore, padAfter } = slideWindow(input, settings);
  const name =
    typeof settings.padding === 'number' ? `${settings.padding} on every side` : settings.padding;
  if (padBefore === 0 && padAfter === 0) return `${name} (none)`;
  const even = padBefore === padAfter;
  if (even && typeof settings.padding === 'number') return name;
  return even
    ? `${name} (${padBefore} on every side)`
    : `${name} (${padBefore} before, ${padAfter} after)`;
}

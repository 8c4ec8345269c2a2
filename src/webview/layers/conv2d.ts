import { windowMiddle } from '../../network/tensor/windowPlace';
import { formatCount } from '../draw/numberFormat';
import type { LayerView, ValueView } from './layerView';
import { convolutionScene } from './scenes/convolutionScene';
import { weightedSum } from './stages/activationStages';
import { convolutionStages } from './stages/convolutionStages';

export const conv2dView: LayerView<'Conv2D'> = {
  form: 'stack',
  family: 'convolution',
  unit: 'filter',
  weights: (layer) => ({ drawn: 'kernels', layer }),
};

/** A patch times a kernel; of a depthwise convolution one channel of both. */
export const conv2dValue: ValueView<'Conv2D'> = {
  formula({ window: { rows, columns }, channels, activation, bias }) {
    const size = `${rows} × ${columns}`;
    const products =
      channels === 1
        ? `${size} products of one channel`
        : `${size} × ${formatCount(channels)} products`;
    return weightedSum(products, activation, bias);
  },
  stages: (operands, { shown, nameOf }) => convolutionStages(operands, shown, nameOf),
  scene: (operands, { sources: [source = ''], shown, nameOf, pick }) =>
    convolutionScene({ operands, source, shown, nameOf, onPick: pick }),
  sourceCell: ({ window, firstChannel }) => ({ ...windowMiddle(window), channel: firstChannel }),
  patch: (operands) => operands,
};

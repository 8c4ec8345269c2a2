import { formatPrecise } from '../draw/numberFormat';
import type { BlockView, OperandsOf, ValueView } from './layerView';
import { oneStep, type Stage } from './stages/stage';

export const standardisingView: BlockView = { form: 'slab', family: 'normalisation' };
export const factorView: BlockView = { form: 'slab', family: 'other' };

const say = formatPrecise;

/** (x − mean) ÷ √variance, or back. */
export const normalizationValue: ValueView<'Normalization'> = {
  formula: ({ invert }) => (invert ? 'x × √variance + mean' : '(x − mean) ÷ √variance'),
  stages: normalizationStages,
};

function normalizationStages(operands: OperandsOf<'Normalization'>): readonly Stage[] {
  const { inputs, mean, deviation, invert } = operands;
  const x = inputs[0] ?? NaN;
  const first = oneStep('x, the input', x, `x = ${say(x)}`);
  if (invert) {
    const spread = x * deviation;
    return [
      first,
      oneStep('× √variance', spread, `${say(x)} × ${say(deviation)} = ${say(spread)}`),
      oneStep('+ mean', spread + mean, `${say(spread)} + ${say(mean)} = ${say(spread + mean)}`),
    ];
  }
  const centred = x - mean;
  const total = centred / deviation;
  return [
    first,
    oneStep('− mean', centred, `${say(x)} − mean ${say(mean)} = ${say(centred)}`),
    oneStep('÷ √variance', total, `${say(centred)} ÷ ${say(deviation)} = ${say(total)}`),
  ];
}

/** x times the channel's factor. */
export const layerScaleValue: ValueView<'LayerScale'> = {
  formula: () => 'x × gamma',
  stages: ({ inputs: [x = NaN], factor }) => [
    oneStep('× gamma', x * factor, `${say(x)} × gamma ${say(factor)} = ${say(x * factor)}`),
  ],
};

/** x above 0, alpha · x below. */
export const preluValue: ValueView<'PReLU'> = {
  formula: () => 'x above 0, alpha × x below',
  stages({ inputs: [x = NaN], factor }) {
    const below = x * factor;
    if (x >= 0) return [oneStep('PReLU', x, `${say(x)} passes as it is`)];
    const words = `${say(x)} is below 0: × alpha ${say(factor)} = ${say(below)}`;
    return [oneStep('PReLU', below, words)];
  },
};

import { formatCount, formatPrecise } from '../draw/numberFormat';
import type { LayerView, OperandsOf, ValueView } from './layerView';
import { tableScene } from './scenes/tableScene';
import { oneStep, type Stage, type Step } from './stages/stage';

export const localResponseNormalizationView: LayerView<'LocalResponseNormalization'> = {
  form: 'slab',
  family: 'normalisation',
  weights: (layer) => ({ drawn: 'lrnCurve', layer }),
};

export const localResponseNormalizationValue: ValueView<'LocalResponseNormalization'> = {
  formula: () => 'x ÷ (k + alpha × Σ neighbours²) ^ beta',
  stages: normalizationStages,
  scene: (_, { stages }) => tableScene(stages),
};

/** x ÷ (k + alpha · Σ neighbours²)^beta (paper, section 3.3). */
function normalizationStages(operands: OperandsOf<'LocalResponseNormalization'>): readonly Stage[] {
  const { inputs, firstChannel, centre, bias, alpha, beta } = operands;
  let sum = 0;
  const rows: string[][] = [];
  const steps = [...inputs].map((value, neighbour): Step => {
    const square = value * value;
    sum += square;
    const channel = formatCount(firstChannel + neighbour);
    const name = neighbour === centre ? `${channel}, x` : channel;
    rows.push([name, formatPrecise(value), formatPrecise(square)]);
    const words = `channel ${channel}: ${formatPrecise(value)}² = ${formatPrecise(square)}`;
    return { words, total: sum };
  });
  const base = bias + alpha * sum;
  const norm = base ** beta;
  const x = inputs[centre] ?? NaN;
  const say = formatPrecise;
  return [
    {
      id: 'squares',
      title: `Squares of ${inputs.length} channels`,
      steps,
      table: { heads: ['channel', 'value', 'square'], rows },
    },
    oneStep('k + alpha × sum', base, `${bias} + ${alpha} × ${say(sum)} = ${say(base)}`),
    oneStep(`to the power ${beta}`, norm, `${say(base)} ^ ${beta} = ${say(norm)}`),
    oneStep('x ÷ that', x / norm, `x ${say(x)} ÷ ${say(norm)} = ${say(x / norm)}`),
  ];
}

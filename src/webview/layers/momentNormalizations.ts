import { formatCount, formatPrecise } from '../draw/numberFormat';
import type { MomentOperands } from '../../network/layers/operands';
import type { ValueView } from './layerView';
import { oneStep, type Stage, type Step } from './stages/stage';

const say = formatPrecise;
type Moments = MomentOperands;

/** (x − mean) ÷ √(variance + ε) by the values' own mean and variance. */
export const momentsValue: ValueView<Moments['kind']> = {
  formula: ({ inputs, gamma, beta }) =>
    `(x − mean) ÷ √(variance + ε) of ${formatCount(inputs.length)} values` +
    (gamma === undefined ? '' : ' × gamma') +
    (beta === undefined ? '' : ' + beta'),
  stages: momentStages,
};

function momentStages(operands: Moments): readonly Stage[] {
  const { inputs, centre, epsilon, gamma, beta } = operands;
  const count = inputs.length;
  const sum = inputs.reduce((total, value) => total + value, 0);
  const mean = sum / count;
  const squares = inputs.reduce((total, value) => total + (value - mean) ** 2, 0);
  const variance = squares / count;
  const centred = (inputs[centre] ?? NaN) - mean;
  const normalised = centred / Math.sqrt(variance + epsilon);
  const scaled = normalised * (gamma ?? 1);
  const of = formatCount(count);
  return [
    oneStep('Mean', mean, `${say(sum)} ÷ ${of} values = ${say(mean)}`),
    oneStep(
      'Variance',
      variance,
      `squares of differences ${say(squares)} ÷ ${of} = ${say(variance)}`,
    ),
    oneStep(
      'x − mean',
      centred,
      `x ${say(inputs[centre] ?? NaN)} − ${say(mean)} = ${say(centred)}`,
    ),
    oneStep(
      '÷ √(variance + ε)',
      normalised,
      `${say(centred)} ÷ √(${say(variance)} + ${epsilon}) = ${say(normalised)}`,
    ),
    ...ending('× gamma', gamma, scaled, `${say(normalised)} × gamma`),
    ...ending('+ beta', beta, scaled + (beta ?? 0), `${say(scaled)} + beta`),
  ];
}

/** A step that a layer may do without. */
function ending(
  title: string,
  weight: number | undefined,
  total: number,
  words: string,
): readonly Stage[] {
  if (weight === undefined) return [];
  return [oneStep(title, total, `${words} ${say(weight)} = ${say(total)}`)];
}

/** x over the length of its cell's channels. */
export const unitValue: ValueView<'UnitNormalization'> = {
  formula: ({ inputs }) => `x ÷ √(Σ squares of ${formatCount(inputs.length)} channels)`,
  stages({ inputs, centre }) {
    let total = 0;
    const steps = [...inputs].map((value, channel): Step => {
      total += value * value;
      return { total, words: `channel ${channel}: ${say(value)}² = ${say(value * value)}` };
    });
    const length = Math.sqrt(Math.max(total, 1e-12));
    const x = inputs[centre] ?? NaN;
    return [
      { id: 'squares', title: `Squares of ${formatCount(inputs.length)} channels`, steps },
      oneStep('Its root', length, `√${say(total)} = ${say(length)}`),
      oneStep('x ÷ that', x / length, `x ${say(x)} ÷ ${say(length)} = ${say(x / length)}`),
    ];
  },
};

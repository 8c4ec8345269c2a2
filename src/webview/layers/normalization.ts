import type {
  BatchNormalizationOperands,
  NormalizationOperands,
} from '../../network/layers/operands';
import { formatCount, formatPrecise } from '../draw/numberFormat';
import { oneStep, type Stage, type Step } from './stages/stage';

/** (x − mean) ÷ √(variance + ε) · gamma + beta, one operation after the other. */
export function batchNormalizationStages(operands: BatchNormalizationOperands): readonly Stage[] {
  const { inputs, mean, variance, gamma, beta, epsilon } = operands;
  const x = inputs[0] ?? NaN;
  const centred = x - mean;
  const deviation = Math.sqrt(variance + epsilon);
  const normalised = centred / deviation;
  const scaled = normalised * gamma;
  const say = formatPrecise;
  return [
    oneStep('x, the input', x, `x = ${say(x)}`),
    oneStep('− mean', centred, `${say(x)} − mean ${say(mean)} = ${say(centred)}`),
    oneStep(
      '÷ √(variance + ε)',
      normalised,
      `${say(centred)} ÷ √(${say(variance)} + ${epsilon}) = ${say(centred)} ÷ ${say(deviation)} = ${say(normalised)}`,
    ),
    oneStep('× gamma', scaled, `${say(normalised)} × gamma ${say(gamma)} = ${say(scaled)}`),
    oneStep('+ beta', scaled + beta, `${say(scaled)} + beta ${say(beta)} = ${say(scaled + beta)}`),
  ];
}

/** x ÷ (k + alpha · Σ neighbours²)^beta (paper, section 3.3). */
export function normalizationStages(operands: NormalizationOperands): readonly Stage[] {
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

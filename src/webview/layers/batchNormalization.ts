import { formatPrecise } from '../draw/numberFormat';
import type { LayerView, OperandsOf, ValueView } from './layerView';
import { oneStep, type Stage } from './stages/stage';

export const batchNormalizationView: LayerView<'BatchNormalization'> = {
  form: 'slab',
  family: 'normalisation',
  weights: (layer) => ({ drawn: 'scaleAndShift', layer }),
};

export const batchNormalizationValue: ValueView<'BatchNormalization'> = {
  formula: () => '(x − mean) ÷ √(variance + ε) × gamma + beta',
  stages: batchNormalizationStages,
};

/** (x − mean) ÷ √(variance + ε) · gamma + beta, one operation after the other. */
function batchNormalizationStages(operands: OperandsOf<'BatchNormalization'>): readonly Stage[] {
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

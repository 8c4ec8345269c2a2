import type { Activation } from '../../../network/layer';
import { formatPrecise } from '../../draw/numberFormat';
import { oneStep, type Stage } from './stage';

/** Adds the bias. */
export function biasStage(sum: number, bias: number): Stage {
  const total = sum + bias;
  const numbers = [sum, bias, total].map(formatPrecise);
  return oneStep('+ bias', total, `${numbers[0]} + bias ${numbers[1]} = ${numbers[2]}`);
}

/** The ReLU, where the layer has one. */
export function activationStages(sum: number, activation: Activation): readonly Stage[] {
  if (activation !== 'relu') return [];
  const total = Math.max(0, sum);
  const shown = formatPrecise(sum);
  const words = sum < 0 ? `${shown} is below 0, so ReLU gives 0` : `${shown} passes ReLU as it is`;
  return [oneStep('ReLU', total, words)];
}

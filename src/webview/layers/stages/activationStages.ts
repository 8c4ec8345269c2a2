import {
  activationRule,
  activationTitle,
  type Activation,
  type PointwiseActivation,
} from '../../../network/layers/activations';
import { formatPrecise } from '../../draw/numberFormat';
import { oneStep, type Stage } from './stage';

/** `ReLU(Σ 3 × 3 × 64 products + bias)`: what a weighted sum is made of. */
export function weightedSum(
  products: string,
  activation: Activation,
  bias: number | undefined,
): string {
  const sum = `Σ ${products}${bias === undefined ? '' : ' + bias'}`;
  return activation === 'linear' ? sum : `${activationTitle(activation)}(${sum})`;
}

/** Adds the bias, where the layer has one. */
export function biasStages(sum: number, bias: number | undefined): readonly Stage[] {
  if (bias === undefined) return [];
  const total = sum + bias;
  const numbers = [sum, bias, total].map(formatPrecise);
  return [oneStep('+ bias', total, `${numbers[0]} + bias ${numbers[1]} = ${numbers[2]}`)];
}

/** The activation, where the layer has one; softmax sees all units and has stages of its own. */
export function activationStages(sum: number, activation: Activation): readonly Stage[] {
  if (activation === 'linear' || activation === 'softmax') return [];
  return [activationStage(sum, activation)];
}

/** One value through a function of one value. */
export function activationStage(x: number, activation: PointwiseActivation): Stage {
  const { title, apply } = activationRule(activation);
  const total = apply(x);
  const shown = formatPrecise(x);
  if (activation !== 'relu') {
    return oneStep(title, total, `${title}(${shown}) = ${formatPrecise(total)}`);
  }
  const words = x < 0 ? `${shown} is below 0, so ReLU gives 0` : `${shown} passes ReLU as it is`;
  return oneStep(title, total, words);
}

import type { Activation } from '../../network/layer';
import type { Operands } from '../../network/value/operands';
import { formatCount } from '../draw/numberFormat';

/** What a layer does to make one value, in a line. */
export function formulaWords(operands: Operands): string {
  switch (operands.kind) {
    case 'Conv2D': {
      const { window, channels, activation } = operands;
      return weightedSum(`${window.size} × ${window.size} × ${formatCount(channels)}`, activation);
    }
    case 'MaxPooling2D':
      return `the largest of ${operands.window.size} × ${operands.window.size}`;
    case 'AdaptiveAveragePooling2D':
      return `the mean of ${operands.window.size} × ${operands.window.size}`;
    case 'BatchNormalization':
      return '(x − mean) ÷ √(variance + ε) × gamma + beta';
    case 'LocalResponseNormalization':
      return 'x ÷ (k + alpha × Σ neighbours²) ^ beta';
    case 'Dense':
      return weightedSum(formatCount(operands.inputs.length), operands.activation);
    case 'Softmax':
      return 'e^(z − max) ÷ Σ e^(z − max)';
    case 'Flatten':
      return 'the same value, in a list';
    case 'Dropout':
      return 'the same value';
  }
}

const functionNames = { linear: '', relu: 'ReLU', softmax: 'softmax' } as const;

function weightedSum(products: string, activation: Activation): string {
  const sum = `Σ ${products} products + bias`;
  return activation === 'linear' ? sum : `${functionNames[activation]}(${sum})`;
}

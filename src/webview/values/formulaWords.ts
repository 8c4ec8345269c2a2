import type { Operands } from '../../network/value/operands';
import { formatCount } from '../facts/numberFormat';

/** What a layer does to make one value, in a line. */
export function formulaWords(operands: Operands): string {
  switch (operands.kind) {
    case 'Conv2D': {
      const { window, channels, activation } = operands;
      const sum = `Σ patch × kernel over ${window.size} × ${window.size} × ${formatCount(channels)}, + bias`;
      return activation === 'relu' ? `max(0, ${sum})` : sum;
    }
    case 'MaxPooling2D':
      return `the largest of ${operands.window.size} × ${operands.window.size}`;
    case 'AdaptiveAveragePooling2D':
      return `the mean of ${operands.window.size} × ${operands.window.size}`;
    case 'BatchNormalization':
      return '(x − mean) ÷ √(variance + ε) × gamma + beta';
    case 'LocalResponseNormalization':
      return 'x ÷ (k + alpha × Σ neighbours²) ^ beta';
    case 'Dense': {
      const sum = `Σ input × weight over ${formatCount(operands.inputs.length)}, + bias`;
      if (operands.activation === 'relu') return `max(0, ${sum})`;
      return operands.activation === 'softmax' ? `softmax of z = ${sum}` : sum;
    }
    case 'Softmax':
      return 'e^(z − max) ÷ Σ e^(z − max)';
    case 'Flatten':
      return 'the same value, in a list';
    case 'Dropout':
      return 'the same value';
  }
}

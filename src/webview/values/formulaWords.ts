import { activationTitle, type Activation } from '../../network/layers/activations';
import type { MergeOperation } from '../../network/layers/layer';
import type { Operands } from '../../network/layers/operands';
import type { WindowPlace } from '../../network/tensor/windowPlace';
import { formatCount } from '../draw/numberFormat';

/** What a layer does to make one value, in a line. */
export function formulaWords(operands: Operands): string {
  switch (operands.kind) {
    case 'Conv2D': {
      const { window, channels, activation } = operands;
      return weightedSum(
        `${windowWords(window)} × ${formatCount(channels)}`,
        activation,
        operands.bias,
      );
    }
    case 'MaxPooling2D':
      return `the largest of ${windowWords(operands.window)}`;
    case 'AveragePooling2D':
    case 'AdaptiveAveragePooling2D':
    case 'GlobalAveragePooling2D':
      return `the mean of ${windowWords(operands.window)}`;
    case 'BatchNormalization':
      return '(x − mean) ÷ √(variance + ε) × gamma + beta';
    case 'LocalResponseNormalization':
      return 'x ÷ (k + alpha × Σ neighbours²) ^ beta';
    case 'Dense':
      return weightedSum(formatCount(operands.inputs.length), operands.activation, operands.bias);
    case 'Softmax':
      return 'e^(z − max) ÷ Σ e^(z − max)';
    case 'Flatten':
      return 'the same value, in a list';
    case 'Dropout':
    case 'Concatenate':
      return 'the same value';
    case 'ZeroPadding2D':
      return operands.from ? 'the same value' : 'a zero of the padding';
    case 'Activation':
      return `${activationTitle(operands.activation)}(x)`;
    case 'Merge':
      return mergeWords[operands.operation];
  }
}

const mergeWords: Readonly<Record<MergeOperation, string>> = {
  add: 'the sum of the inputs',
  subtract: 'the first input − the second',
  multiply: 'the product of the inputs',
  average: 'the mean of the inputs',
  maximum: 'the largest of the inputs',
  minimum: 'the smallest of the inputs',
};

function windowWords({ rows, columns }: WindowPlace): string {
  return `${rows} × ${columns}`;
}

function weightedSum(products: string, activation: Activation, bias: number | undefined): string {
  const sum = `Σ ${products} products${bias === undefined ? '' : ' + bias'}`;
  return activation === 'linear' ? sum : `${activationTitle(activation)}(${sum})`;
}

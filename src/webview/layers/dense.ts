import { formatCount, formatPrecise } from '../draw/numberFormat';
import type { BlockView, OperandsOf, ValueView } from './layerView';
import { tableScene } from './scenes/tableScene';
import type { Stage, Step } from './stages/stage';
import { activationStages, biasStages, weightedSum } from './stages/activationStages';
import { softmaxStages } from './stages/softmaxStages';

export const denseView: BlockView = { form: 'units', family: 'dense', unit: 'unit' };

/** A unit sees all inputs: the first is where to look next. */
export const denseValue: ValueView<'Dense'> = {
  formula: ({ inputs, activation, bias }) =>
    weightedSum(`${formatCount(inputs.length)} products`, activation, bias),
  stages: (operands, { cell }) =>
    denseStages(operands, cell.channel % Math.max(1, operands.logits.length || Infinity)),
  scene: (_, { stages }) => tableScene(stages),
  sourceCell: () => ({ row: 0, column: 0, channel: 0 }),
};

/** The first ones get a step each; the others are added in one. */
const shownProducts = 16;

/** The products of a unit, the largest first, then bias and ReLU, or the softmax of all units. */
function denseStages(operands: OperandsOf<'Dense'>, unit: number): readonly Stage[] {
  const { inputs, kernel, bias, activation, logits } = operands;
  const products = productsStage(inputs, kernel, {
    heads: ['input', 'value', 'weight', 'product'],
    noun: 'input',
  });
  const total = products.steps.at(-1)?.total ?? NaN;
  const sum = total + (bias ?? 0);
  return [
    products,
    ...biasStages(total, bias),
    ...(activation === 'softmax' ? softmaxStages(logits, unit) : activationStages(sum, activation)),
  ];
}

/** How products are told. */
interface ProductWords {
  readonly heads: readonly string[];
  /** What each of them belongs to. */
  readonly noun: string;
}

/** Products of two lists, the largest first, and their sum. */
export function productsStage(
  inputs: Float32Array,
  kernel: Float32Array,
  { heads, noun }: ProductWords,
): Stage {
  const products = Float64Array.from(inputs, (input, at) => input * (kernel[at] ?? NaN));
  const order = [...products.keys()].sort((a, b) => size(products, b) - size(products, a));
  const rows: string[][] = [];
  let total = 0;
  const steps = order.slice(0, shownProducts).map((at): Step => {
    const product = products[at] ?? NaN;
    total += product;
    const numbers = [inputs[at] ?? NaN, kernel[at] ?? NaN, product].map(formatPrecise);
    rows.push([formatCount(at), ...numbers]);
    const words = `${noun} ${formatCount(at)}: ${numbers[0]} × ${numbers[1]} = ${numbers[2]}`;
    return { words, total };
  });
  const others = order.slice(shownProducts);
  if (others.length > 0) {
    const rest = others.reduce((sum, at) => sum + (products[at] ?? NaN), 0);
    total += rest;
    const name = `${formatCount(others.length)} others`;
    rows.push([name, '', '', formatPrecise(rest)]);
    steps.push({ total, words: `the ${name}, each smaller, add ${formatPrecise(rest)}` });
  }
  return {
    id: 'terms',
    title: `Products of ${formatCount(inputs.length)} ${noun}s`,
    ...{ steps, table: { heads, rows } },
  };
}

function size(values: Float64Array, at: number): number {
  return Math.abs(values[at] ?? 0);
}

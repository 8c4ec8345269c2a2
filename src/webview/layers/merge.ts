import type { MergeOperation } from '../../network/layers/layer';
import { formatCount, formatPrecise } from '../draw/numberFormat';
import type { BlockView, OperandsOf, ValueView } from './layerView';
import { tableScene } from './scenes/tableScene';
import { oneStep, type Stage, type Step } from './stages/stage';

export const mergeView: BlockView = { form: 'slab', family: 'joining' };

/** How an operation takes one more value in, and what a person calls it. */
interface Operation {
  readonly formula: string;
  readonly title: (inputs: string) => string;
  readonly join: (soFar: number, value: number) => number;
  /** What stands between the value so far and the next one; undefined where the two are compared. */
  readonly sign: string | undefined;
}

const sum = { title: (inputs: string) => `Sum of ${inputs}`, sign: '+' } as const;
const add = (a: number, b: number): number => a + b;

const operations: Readonly<Record<MergeOperation, Operation>> = {
  add: { ...sum, formula: 'the sum of the inputs', join: add },
  average: { ...sum, formula: 'the mean of the inputs', join: add },
  subtract: {
    formula: 'the first input − the second',
    title: () => 'The first input − the second',
    join: (a, b) => a - b,
    sign: '−',
  },
  multiply: {
    formula: 'the product of the inputs',
    title: (inputs) => `Product of ${inputs}`,
    join: (a, b) => a * b,
    sign: '×',
  },
  maximum: {
    formula: 'the largest of the inputs',
    title: (inputs) => `The largest of ${inputs}`,
    join: Math.max,
    sign: undefined,
  },
  minimum: {
    formula: 'the smallest of the inputs',
    title: (inputs) => `The smallest of ${inputs}`,
    join: Math.min,
    sign: undefined,
  },
};

/** The value of each input, one after the other. */
export const mergeValue: ValueView<'Merge'> = {
  formula: ({ operation }) => operations[operation].formula,
  stages: (operands, { sources }) => mergeStages(operands, sources),
  scene: (_, { stages }) => tableScene(stages),
};

function mergeStages(
  { inputs, operation }: OperandsOf<'Merge'>,
  sources: readonly string[],
): readonly Stage[] {
  const { title, join, sign } = operations[operation];
  const say = formatPrecise;
  const steps: Step[] = [];
  for (const [at, value] of inputs.entries()) {
    const gives = `${sources[at] ?? ''} gives ${say(value)}`;
    const before = steps.at(-1)?.total;
    const total = before === undefined ? value : join(before, value);
    if (before === undefined) steps.push({ total, words: gives });
    else if (sign === undefined) {
      steps.push({ total, words: `${gives}: ${say(total)} so far` });
    } else {
      steps.push({
        total,
        words: `${gives}: ${say(before)} ${sign} ${say(value)} = ${say(total)}`,
      });
    }
  }
  const rows = [...inputs].map((value, at) => [sources[at] ?? '', say(value)]);
  const table = { heads: ['input', 'value'], rows };
  const count = `${formatCount(inputs.length)} inputs`;
  const joined: Stage = { id: 'terms', title: title(count), steps, table };
  if (operation !== 'average') return [joined];
  const total = steps.at(-1)?.total ?? NaN;
  const mean = total / inputs.length;
  const words = `${say(total)} ÷ ${inputs.length} = ${say(mean)}`;
  return [joined, oneStep(`÷ ${inputs.length}`, mean, words)];
}

import type { Cell } from '../../network/tensor/cell';
import type { MergeOperation } from '../../network/layers/layer';
import type { MergeOperands, Operands, PassedOperands } from '../../network/layers/operands';
import type { ValueExplanation } from '../../protocol/engineProtocol';
import { formatCount, formatPrecise } from '../draw/numberFormat';
import { oneStep, type Stage, type Step } from './stages/stage';
import { convolutionStages, type ShownChannels } from './stages/convolutionStages';
import { activationStage } from './stages/activationStages';
import { denseStages } from './dense';
import { batchNormalizationStages, normalizationStages } from './normalization';
import { poolingStages } from './pooling';
import { softmaxStages } from './stages/softmaxStages';

/** How a person wants a value explained. */
export interface Telling {
  readonly cell: Cell;
  readonly shown: ShownChannels;
  /** What an input channel is called, counted within the patch. */
  readonly nameOf: (channel: number) => string;
}

/** How a value came about, from its operands to what the engine gave. */
export function stagesOf(
  { operands, sources, value }: ValueExplanation,
  telling: Telling,
): readonly Stage[] {
  const stages = arithmetic(operands, sources, telling);
  const result = stages.at(-1)?.steps.at(-1)?.total ?? NaN;
  const engine = value[0] ?? NaN;
  const words =
    Math.fround(result) === engine
      ? `${formatPrecise(engine)}: the engine’s value, to the last digit of float32`
      : `${formatPrecise(engine)}: the engine’s value, rounded to float32 at each step; these steps differ by ${formatPrecise(Math.abs(result - engine))}`;
  return [...stages, { ...oneStep('= value', engine, words), id: 'value' }];
}

function arithmetic(
  operands: Operands,
  sources: readonly string[],
  { cell, shown, nameOf }: Telling,
): readonly Stage[] {
  switch (operands.kind) {
    case 'Conv2D':
      return convolutionStages(operands, shown, nameOf);
    case 'MaxPooling2D':
    case 'AveragePooling2D':
    case 'AdaptiveAveragePooling2D':
    case 'GlobalAveragePooling2D':
      return poolingStages(operands);
    case 'BatchNormalization':
      return batchNormalizationStages(operands);
    case 'LocalResponseNormalization':
      return normalizationStages(operands);
    case 'Dense':
      return denseStages(operands, cell.channel);
    case 'Softmax':
      return softmaxStages(operands.inputs, cell.channel);
    case 'Flatten':
    case 'Dropout':
    case 'Concatenate':
    case 'ZeroPadding2D':
      return [passedStage(operands, sources[operands.input] ?? '')];
    case 'Activation':
      return [activationStage(operands.inputs[0] ?? NaN, operands.activation)];
    case 'Merge':
      return [mergeStage(operands, sources)];
  }
}

const merged: Readonly<Record<MergeOperation, (values: readonly number[]) => number>> = {
  add: (values) => values.reduce((sum, value) => sum + value, 0),
  subtract: ([a = NaN, b = NaN]) => a - b,
  multiply: (values) => values.reduce((product, value) => product * value, 1),
  average: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  maximum: (values) => Math.max(...values),
  minimum: (values) => Math.min(...values),
};

/** The value of each input, and what the operation makes of those so far. */
function mergeStage({ inputs, operation }: MergeOperands, sources: readonly string[]): Stage {
  const values = [...inputs];
  const steps = values.map((value, at): Step => ({
    total: at === 0 ? value : merged[operation](values.slice(0, at + 1)),
    words: `${sources[at] ?? ''} gives ${formatPrecise(value)}`,
  }));
  return { id: 'terms', title: `${values.length} inputs, ${operation}`, steps };
}

function passedStage({ kind, inputs, from }: PassedOperands, source: string): Stage {
  const value = inputs[0] ?? NaN;
  if (!from) return oneStep('Padding', 0, 'outside the map: a zero of the padding');
  const channel = formatCount(from.channel);
  const [where, how] =
    kind === 'Dropout'
      ? [`unit ${channel}`, 'dropout does nothing at inference']
      : [`row ${from.row}, column ${from.column}, channel ${channel}`, 'moved, not changed'];
  const words = `${formatPrecise(value)} from ${source}, ${where}: ${how}`;
  return oneStep(`From ${source}`, value, words);
}

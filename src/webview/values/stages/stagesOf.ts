import type { Cell } from '../../../network/value/cell';
import type { Operands, PassedOperands } from '../../../network/value/operands';
import type { ValueExplanation } from '../../../protocol/engineProtocol';
import { formatCount, formatPrecise } from '../../draw/numberFormat';
import { oneStep, type Stage } from './stage';
import { convolutionStages, type ShownChannels } from './convolutionStages';
import { denseStages } from './denseStages';
import { batchNormalizationStages, normalizationStages } from './normalizationStages';
import { poolingStages } from './poolingStages';
import { softmaxStages } from './softmaxStages';

/** How a person wants a value explained. */
export interface Telling {
  readonly cell: Cell;
  readonly shown: ShownChannels;
  /** What an input channel is called, counted within the patch. */
  readonly nameOf: (channel: number) => string;
}

/** How a value came about, from its operands to what the engine gave. */
export function stagesOf(
  { operands, source, value }: ValueExplanation,
  telling: Telling,
): readonly Stage[] {
  const stages = arithmetic(operands, source, telling);
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
  source: string,
  { cell, shown, nameOf }: Telling,
): readonly Stage[] {
  switch (operands.kind) {
    case 'Conv2D':
      return convolutionStages(operands, shown, nameOf);
    case 'MaxPooling2D':
    case 'AdaptiveAveragePooling2D':
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
      return [passedStage(operands, source)];
  }
}

function passedStage({ kind, inputs, from }: PassedOperands, source: string): Stage {
  const value = inputs[0] ?? NaN;
  const channel = formatCount(from.channel);
  const [where, how] =
    kind === 'Flatten'
      ? [`row ${from.row}, column ${from.column}, channel ${channel}`, 'moved, not changed']
      : [`unit ${channel}`, 'dropout does nothing at inference'];
  const words = `${formatPrecise(value)} from ${source}, ${where}: ${how}`;
  return oneStep(`From ${source}`, value, words);
}

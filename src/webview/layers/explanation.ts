import type { Operands } from '../../network/layers/operands';
import type { Cell } from '../../network/tensor/cell';
import type { Shape } from '../../network/tensor/shape';
import { mapShape } from '../../network/tensor/cell';
import type { ValueExplanation } from '../../protocol/engineProtocol';
import { formatPrecise } from '../draw/numberFormat';
import { clamp } from '../draw/rect';
import type { Telling } from './layerView';
import { valueView } from './layerViews';
import { oneStep, type Stage } from './stages/stage';

/** How a value came about, from its operands to what the engine gave. */
export function stagesOf(
  { operands, sources, value }: ValueExplanation,
  telling: Telling,
): readonly Stage[] {
  const stages = valueView(operands).stages(operands, { ...telling, sources });
  const result = stages.at(-1)?.steps.at(-1)?.total ?? NaN;
  const engine = value[0] ?? NaN;
  const words =
    Math.fround(result) === engine
      ? `${formatPrecise(engine)}: the engine’s value, to the last digit of float32`
      : `${formatPrecise(engine)}: the engine’s value, rounded to float32 at each step; these steps differ by ${formatPrecise(Math.abs(result - engine))}`;
  return [...stages, { ...oneStep('= value', engine, words), id: 'value' }];
}

/** A value of an input of this shape to look at next: the middle of a window, or the value that was passed on. */
export function sourceCell(operands: Operands, cell: Cell, shape: Shape): Cell {
  const [height, width, channels] = mapShape(shape);
  const { row, column, channel } = valueView(operands).sourceCell?.(operands, cell) ?? cell;
  return {
    row: clamp(row, 0, height - 1),
    column: clamp(column, 0, width - 1),
    channel: clamp(channel, 0, channels - 1),
  };
}

/** Names of the inputs that the value was made of: all, or the one that it was passed on from. */
export function sourcesOf({ operands, sources }: ValueExplanation): readonly string[] {
  return 'input' in operands ? sources.slice(operands.input, operands.input + 1) : sources;
}

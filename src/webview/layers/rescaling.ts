import { formatPrecise } from '../draw/numberFormat';
import type { BlockView, OperandsOf, ValueView } from './layerView';
import { oneStep, type Stage } from './stages/stage';

export const rescalingView: BlockView = { form: 'slab', family: 'other' };

/** x × scale, then + offset. */
export const rescalingValue: ValueView<'Rescaling'> = {
  formula: ({ scale, offset }) => `x × ${scale} + ${offset}`,
  stages: rescalingStages,
};

function rescalingStages({
  inputs: [x = NaN],
  scale,
  offset,
}: OperandsOf<'Rescaling'>): readonly Stage[] {
  const scaled = x * scale;
  const total = scaled + offset;
  const say = formatPrecise;
  return [
    oneStep('x, the input', x, `x = ${say(x)}`),
    oneStep('× scale', scaled, `${say(x)} × ${scale} = ${say(scaled)}`),
    oneStep('+ offset', total, `${say(scaled)} + ${offset} = ${say(total)}`),
  ];
}

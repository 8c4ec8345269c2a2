import type { SettingsOf } from '../../../../network/layers/layer';
import { NetworkError } from '../../../../network/tensor/networkError';
import type { Pads } from '../../../../network/tensor/window';
import { madeMap, mapInput } from '../values/arranging';
import type { Operation, Operator } from '../values/operation';
import { dimsWords, type TensorValue } from '../values/value';

type Fill = SettingsOf<'ZeroPadding2D'>['fill'];

const modes: Readonly<Record<string, Exclude<Fill, number | undefined>>> = {
  reflect: 'reflect',
  edge: 'edge',
  wrap: 'wrap',
};

/** Cells around a map; pads below 0 cut some off. All begins, then all ends; inputs since version 11. */
export const pad: Operator = (operation) => {
  const x = mapInput(operation);
  const pads = operation.listOrInput('pads', 1) ?? operation.list('paddings') ?? [];
  const [rows, columns] = spatialPads(operation, pads, x.dims);
  const mode = operation.text('mode', 'constant');
  const stated = operation.has(2) ? operation.values(2, 'value')[0] : operation.number('value');
  const fill = mode === 'constant' ? (stated ?? 0) : modes[mode];
  if (fill === undefined)
    throw new NetworkError(`Pad has the mode ${mode}, which is not known here`);
  return paddedMap(operation, x, [rows, columns], fill);
};

/** Cells around a map, or some of its own cut off. */
export function paddedMap(
  operation: Operation,
  x: TensorValue,
  [rows, columns]: Pads,
  fill: Fill,
): TensorValue {
  const atLeast = (sign: 1 | -1, pair: Pads[0]): Pads[0] => [
    Math.max(0, sign * pair[0]),
    Math.max(0, sign * pair[1]),
  ];
  const added: Pads = [atLeast(1, rows), atLeast(1, columns)];
  const cut: Pads = [atLeast(-1, rows), atLeast(-1, columns)];
  const isCut = cut.flat().some((side) => side > 0);
  const cropped = isCut
    ? { ...x, layer: operation.layer({ kind: 'Cropping2D', cropping: cut }, [x], { part: 'cut' }) }
    : x;
  const layer = operation.layer(
    { kind: 'ZeroPadding2D', padding: added, ...(fill !== undefined && fill !== 0 && { fill }) },
    [cropped],
  );
  return madeMap(x, layer);
}

/** Those along height and width; throws a NetworkError where there are others. */
function spatialPads(operation: Operation, pads: readonly number[], dims: readonly number[]): Pads {
  const { length: rank } = dims;
  const named = operation.has(3) ? operation.values(3, 'axes') : dims.map((_, axis) => axis);
  const axes = named.map((axis) => operation.axis(axis, rank));
  if (pads.length !== 2 * axes.length) {
    throw new NetworkError(`${pads.length} pads do not go with ${axes.length} axes`);
  }
  const along = (axis: number): Pads[0] => {
    const at = axes.indexOf(axis);
    return at < 0 ? [0, 0] : [pads[at] ?? 0, pads[at + axes.length] ?? 0];
  };
  if ([0, 1].some((axis) => along(axis).some((side) => side !== 0))) {
    throw new NetworkError(
      `Pad along the batch or the channels of ${dimsWords(dims)} is not known here`,
    );
  }
  return rank === 3 ? [[0, 0], along(2)] : [along(2), along(3)];
}

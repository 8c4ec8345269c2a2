import type { SettingsOf } from '../../../../network/layers/layer';
import { NetworkError } from '../../../../network/tensor/networkError';
import type { Pads } from '../../../../network/tensor/window';
import { arranged, madeMap, mapInput } from '../values/arranging';
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
  const pads = operation.listOrInput('pads', 1) ?? operation.list('paddings') ?? [];
  const { x, padding } = paddedAxes(operation, pads);
  const mode = operation.text('mode', 'constant');
  const stated = operation.has(2) ? operation.values(2, 'value')[0] : operation.number('value');
  const fill = mode === 'constant' ? (stated ?? 0) : modes[mode];
  if (fill === undefined)
    throw new NetworkError(`Pad has the mode ${mode}, which is not known here`);
  return paddedMap(operation, x, padding, fill);
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

/** A tensor as a map whose height and width are the axes that pads are for; throws a NetworkError where there are more. */
function paddedAxes(
  operation: Operation,
  pads: readonly number[],
): { readonly x: TensorValue; readonly padding: Pads } {
  const given = operation.tensor(0);
  const { dims } = given;
  const named = operation.has(3) ? operation.values(3, 'axes') : dims.map((_, axis) => axis);
  const axes = named.map((axis) => operation.axis(axis, dims.length));
  if (pads.length !== 2 * axes.length) {
    throw new NetworkError(`${pads.length} pads do not go with ${axes.length} axes`);
  }
  const along = (axis: number): Pads[0] => {
    const at = axes.indexOf(axis);
    return at < 0 ? [0, 0] : [pads[at] ?? 0, pads[at + axes.length] ?? 0];
  };
  const changed = dims.flatMap((_, axis) => (along(axis).some((side) => side !== 0) ? [axis] : []));
  const [height = -1, width = -1] = operation.around.layout[dims.length === 3 ? 'signal' : 'map'];
  const isBatch = (dims[0] ?? 1) === 1;
  if (isBatch && dims.length <= 4 && changed.every((axis) => axis === height || axis === width)) {
    return { x: mapInput(operation), padding: [along(height), along(width)] };
  }
  const others = given.axes.filter((axis) => axis >= 0 && !changed.includes(axis));
  const order = [...changed, ...others];
  if (changed.length > 2 || order.length > 3) {
    throw new NetworkError(
      `Pad along axes ${changed.join(', ')} of ${dimsWords(dims)} is not known here`,
    );
  }
  const [first = -1, second = -1, third = -1] = order;
  const x = arranged(operation, given, [first, second, third]);
  return { x, padding: [along(first), along(second)] };
}

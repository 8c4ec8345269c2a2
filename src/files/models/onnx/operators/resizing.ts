import type { SettingsOf } from '../../../../network/layers/layer';
import { NetworkError } from '../../../../network/tensor/networkError';
import type { Pair } from '../../../../network/tensor/window';
import { madeMap, mapInput } from '../values/arranging';
import type { Operation, Operator } from '../values/operation';
import { dimsWords, type TensorValue } from '../values/value';
import { axisShares, type ResizeWay } from '../../plans/resizeShares';

/** Scales and sizes along height and width, and the part of the picture that they are of. */
interface Target {
  readonly size: Pair;
  readonly scale: Pair;
  readonly roi: readonly (readonly [start: number, end: number])[];
}

/** Resize, and Upsample before it; every way of theirs is a weighted sum along each axis. */
export const resize: Operator = (operation) => {
  const x = mapInput(operation);
  const [height = 1, width = 1] = x.layer.outputShape;
  const { size, scale, roi } = target(operation, x.dims, [height, width]);
  return resized(operation, x, wayOf(operation), { size, scale, roi });
};

/** A map brought to another size. */
export function resized(
  operation: Operation,
  x: TensorValue,
  way: ResizeWay,
  { size, scale, roi }: Target,
): TensorValue {
  const [height = 1, width = 1] = x.layer.outputShape;
  const along = (axis: 0 | 1) =>
    axisShares(way, {
      side: [height, width][axis] ?? 1,
      size: size[axis],
      scale: scale[axis],
      roi: roi[axis] ?? [0, 1],
    });
  const usual = usualWay(way, scale);
  const settings: SettingsOf<'Resize'> = {
    kind: 'Resize',
    size,
    interpolation: way.mode === 'nearest' ? 'nearest' : 'bilinear',
    ...(!usual && { shares: [along(0), along(1)] }),
  };
  return madeMap(x, operation.layer(settings, [x]));
}

/** Whether it is what TensorFlow and PyTorch do by default: middles over middles, or whole cells over and over. */
function usualWay({ mode, coordinates, nearest, isAntialiased }: ResizeWay, scale: Pair): boolean {
  const isHalf = coordinates === 'half_pixel';
  if (mode === 'linear') return isHalf && !isAntialiased;
  const isWhole = scale.every((each) => Number.isInteger(each));
  const isRepeat = isHalf || (coordinates === 'asymmetric' && nearest === 'floor');
  return mode === 'nearest' && isWhole && isRepeat && nearest !== 'ceil';
}

function wayOf(operation: Operation): ResizeWay {
  const isOld = operation.op === 'Upsample' || operation.opset < 11;
  return {
    mode: operation.text('mode', 'nearest'),
    coordinates: operation.text(
      'coordinate_transformation_mode',
      isOld ? 'asymmetric' : 'half_pixel',
    ),
    nearest: operation.text('nearest_mode', isOld ? 'floor' : 'round_prefer_floor'),
    cubic: operation.number('cubic_coeff_a', -0.75),
    excludesOutside: operation.flag('exclude_outside', false),
    isAntialiased: operation.flag('antialias', false),
    outside: operation.number('extrapolation_value', 0),
  };
}

function target(operation: Operation, dims: readonly number[], [height, width]: Pair): Target {
  const isOld = operation.op === 'Upsample' || operation.opset < 11;
  const scalesAt = isOld ? 1 : 2;
  const scales = operation.has(scalesAt)
    ? operation.values(scalesAt, 'scales')
    : (operation.list('scales') ?? []);
  const sizes = !isOld && operation.has(3) ? operation.values(3, 'sizes') : [];
  const named = operation.list('axes') ?? dims.map((_, axis) => axis);
  const axes = named.map((axis) => operation.axis(axis, dims.length));
  const spatial = dims.length === 3 ? [-1, 2] : [2, 3];
  const given = scales.length > 0 ? scales : sizes;
  if (given.length !== axes.length) {
    throw new NetworkError(`${given.length} sizes do not go with ${axes.length} axes`);
  }
  const isOther = axes.some(
    (axis, at) => !spatial.includes(axis) && given[at] !== (scales.length > 0 ? 1 : dims[axis]),
  );
  if (isOther)
    throw new NetworkError(`it changes other axes of ${dimsWords(dims)} than height and width`);
  const at = (axis: 0 | 1): number => axes.indexOf(spatial[axis] ?? -1);
  const policy = operation.text('keep_aspect_ratio_policy', 'stretch');
  const ratios = [(sizes[at(0)] ?? NaN) / height, (sizes[at(1)] ?? NaN) / width];
  const kept = policy === 'not_larger' ? Math.min(...ratios) : Math.max(...ratios);
  const along = (axis: 0 | 1, side: number): readonly [scale: number, size: number] => {
    const place = at(axis);
    if (place < 0) return [1, side];
    const scale = scales[place];
    if (scale !== undefined) return [scale, Math.floor(side * scale)];
    if (policy !== 'stretch') return [kept, Math.round(side * kept)];
    const size = sizes[place] ?? side;
    return [size / side, size];
  };
  const [rows, columns] = [along(0, height), along(1, width)];
  const roi = !isOld && operation.has(1) ? operation.values(1, 'roi') : [];
  const part = (axis: 0 | 1): readonly [number, number] => {
    const place = at(axis);
    return [roi[place] ?? 0, roi[place + axes.length] ?? 1];
  };
  return { size: [rows[1], columns[1]], scale: [rows[0], columns[0]], roi: [part(0), part(1)] };
}

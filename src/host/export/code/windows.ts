import type { LayerOf } from '../../../network/layers/layer';
import { inputShapeOf } from '../../../network/layers/layer';
import { windowAlong } from '../../../network/layers/layerRules';
import type { Axis, Pads, Pair } from '../../../network/tensor/window';

/** Kinds with a window over height and width. */
export type WindowKinds =
  | 'Conv2D'
  | 'Conv2DTranspose'
  | 'MaxPooling2D'
  | 'AveragePooling2D'
  | 'AdaptiveAveragePooling2D'
  | 'GlobalAveragePooling2D'
  | 'GlobalMaxPooling2D';

type Windowed = LayerOf<'Conv2D' | 'MaxPooling2D' | 'AveragePooling2D'>;

export const noPads: Pads = [
  [0, 0],
  [0, 0],
];

/** What a layer's window needs around its input, also where 'same' or rounding up asks for it. */
export function windowPads(layer: Windowed): Pads {
  const along = (axis: Axis): Pads[Axis] => {
    const window = windowAlong(layer, inputShapeOf(layer)[axis] ?? 0, axis);
    return [window?.padBefore ?? 0, window?.padAfter ?? 0];
  };
  return [along(0), along(1)];
}

/** Of these pads, those that count in a mean: not what only rounding up adds, and none where padding does not count. */
export function countedPads(layer: LayerOf<'AveragePooling2D'>): Pads {
  const { padding, countPadding } = layer;
  if (!countPadding || padding === 'valid') return noPads;
  return padding === 'same' ? windowPads(layer) : padding;
}

/** The window that divides a map into equal parts. */
export function adaptiveWindow(layer: LayerOf<'AdaptiveAveragePooling2D'>): Pair {
  const [height = 0, width = 0] = inputShapeOf(layer);
  return [height / layer.size[0], width / layer.size[1]];
}

export function isNone(pads: Pads): boolean {
  return pads.flat().every((pad) => pad === 0);
}

export function samePads(a: Pads, b: Pads): boolean {
  return a.flat().every((pad, at) => pad === b.flat()[at]);
}

/** The zeros on both sides of each axis; undefined where one side has more than the other. */
export function evenPads([rows, columns]: Pads): Pair | undefined {
  return rows[0] === rows[1] && columns[0] === columns[1] ? [rows[0], columns[0]] : undefined;
}

export function isDepthwise(layer: LayerOf<'Conv2D'>): boolean {
  return layer.groups > 1 && layer.groups === inputShapeOf(layer)[2];
}

/**
 * Whether strides are taken after the convolution: TensorFlow strides no dilated kernel, and depthwise ones alike down and
 * across only.
 */
export function stridesApart(layer: LayerOf<'Conv2D'>): boolean {
  const { stride, dilation } = layer;
  const isStrided = stride.some((step) => step > 1);
  const isDilated = dilation.some((step) => step > 1);
  return isStrided && (isDilated || (isDepthwise(layer) && stride[0] !== stride[1]));
}

/**
 * A transposed convolution that cuts nothing below 0: zeros that it adds are those of an input with zeros around it. `cut`
 * is what is then taken off what comes out, `pads` what the input is given.
 */
export function transposedCut(layer: LayerOf<'Conv2DTranspose'>): {
  readonly pads: Pads;
  readonly cut: Pads;
} {
  const along = (axis: Axis, side: 0 | 1): readonly [pad: number, cut: number] => {
    const own = layer.padding[axis][side];
    const pad = own < 0 ? Math.ceil(-own / layer.stride[axis]) : 0;
    return [pad, own + pad * layer.stride[axis]];
  };
  const sides = ([0, 1] as const).map((axis) => [along(axis, 0), along(axis, 1)] as const);
  const pick = (at: 0 | 1): Pads => {
    const [rows, columns] = sides.map(([before, after]) => [before[at], after[at]] as const);
    return [rows ?? [0, 0], columns ?? [0, 0]];
  };
  return { pads: pick(0), cut: pick(1) };
}

/** A matrix of the shares that each cell of a resized axis is made of, [cells of the result, cells of the input]. */
export function shareMatrix(
  shares: readonly (readonly { readonly at: number; readonly share: number }[])[],
  side: number,
): Float32Array {
  const values = new Float32Array(shares.length * side);
  for (const [row, cell] of shares.entries()) {
    for (const { at, share } of cell)
      values[row * side + at] = (values[row * side + at] ?? 0) + share;
  }
  return values;
}

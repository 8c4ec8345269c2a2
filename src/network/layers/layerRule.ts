import type { Cell } from '../tensor/cell';
import { NetworkError } from '../tensor/networkError';
import type { MapShape, Shape } from '../tensor/shape';
import { formatShape, isMapShape } from '../tensor/shape';
import type { Axis, AxisWindow, Pair, Padding, Slide } from '../tensor/window';
import { formatPadding, formatPair, padsAlong, slideWindow } from '../tensor/window';
import type { LayerKind, LayerOf, SettingsOf, WeightName, WeightSpec } from './layer';
import type { Operands } from './operands';

/** One setting of a layer in words. */
export interface SettingWords {
  readonly term: string;
  readonly value: string;
}

/** Numbers of a run and of the weights that operands are taken from. */
export interface OperandSources {
  /** Each input's values, row-major. */
  readonly inputs: readonly Float32Array[];
  /** Weights of this name for the value's channel or unit, in the tensor's order. */
  readonly weights: (name: WeightName) => Float32Array;
  /** Inputs of the run's softmax. */
  readonly logits: Float32Array;
}

/** How many layers a kind is applied to. */
export type Arity = 'none' | 'one' | 'several';

/** All that is known of one kind of layer without running it. */
export interface LayerRule<K extends LayerKind> {
  readonly arity: Arity;
  /** The output's shape; throws a NetworkError with the arithmetic where settings and inputs do not fit. */
  readonly outputShape: (settings: SettingsOf<K>, inputs: readonly Shape[]) => Shape;
  /** The weight tensors for these inputs, in Keras' order; none where it is left out. */
  readonly weights?: (settings: SettingsOf<K>, inputs: readonly Shape[]) => readonly WeightSpec[];
  /** Multiply-adds of one picture, without biases, activations and pooling; 0 where it is left out. */
  readonly macs?: (layer: LayerOf<K>) => number;
  /**
   * The sliding window along one axis of an input of `side` cells; where there is none, a cell depends on the cell in its
   * place only. Its stride is below 1 where cells become more, and 0 where every cell sees the same.
   */
  readonly window?: (layer: LayerOf<K>, side: number, axis: Axis) => AxisWindow | undefined;
  /** The numbers that one value was computed from; `index` is its row-major place in the output. */
  readonly operands: (
    layer: LayerOf<K>,
    place: Cell & { readonly index: number },
    sources: OperandSources,
  ) => Operands;
  /** Kernel, stride, padding and the like in words. */
  readonly words: (layer: LayerOf<K>) => readonly SettingWords[];
  /** Which block a layer of this kind begins where it is the only one of its rank: see blocks. */
  readonly begins?: 'conv block' | 'classifier';
  /** The operation's name where that is not its kind. */
  readonly title?: (layer: SettingsOf<K> & { readonly inputShapes: readonly Shape[] }) => string;
}

/** Shape of the single input of a layer that takes a map; throws a NetworkError for a list. */
export function mapInput(kind: LayerKind, [input = []]: readonly Shape[]): MapShape {
  if (isMapShape(input)) return input;
  throw new NetworkError(`${kind} takes height x width x channels, got ${formatShape(input)}`);
}

export function wantWhole(what: string, ...values: readonly number[]): void {
  for (const value of values) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new NetworkError(`${what} must be a whole number above 0, got ${value}`);
    }
  }
}

export function wantPadding(padding: Padding): void {
  if (typeof padding === 'string') return;
  for (const value of padding.flat()) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new NetworkError(`padding must be a whole number from 0, got ${value}`);
    }
  }
}

interface WindowSettings {
  readonly size: Pair;
  readonly stride: Pair;
  readonly padding: Padding;
  readonly dilation?: Pair;
  readonly ceil?: boolean;
}

/** One axis of a window over height and width. */
export function slideAlong(axis: Axis, settings: WindowSettings): Slide {
  const { size, stride, padding, dilation, ceil = false } = settings;
  return {
    size: size[axis],
    stride: stride[axis],
    dilation: dilation?.[axis] ?? 1,
    padding: padsAlong(padding, axis),
    ceil,
  };
}

/** Height and width of the output of a window; throws a NetworkError with input and padding where it does not fit. */
export function slideOver(
  what: 'kernel' | 'pool',
  [height, width]: MapShape,
  settings: WindowSettings,
): Pair {
  try {
    return [
      slideWindow(height, slideAlong(0, settings)).cells,
      slideWindow(width, slideAlong(1, settings)).cells,
    ];
  } catch (error) {
    const { size, dilation = [1, 1], padding } = settings;
    const dilated = dilation.some((step) => step > 1) ? ` dilated by ${formatPair(dilation)}` : '';
    throw new NetworkError(
      `${what} ${formatPair(size)}${dilated} does not fit input ${height} x ${width} with padding ${formatPadding(padding)}`,
      { cause: error },
    );
  }
}

/** Specs of a kernel and, with `useBias`, its bias. */
export function kernelAndBias(kernel: Shape, useBias: boolean): readonly WeightSpec[] {
  const bias: WeightSpec = { name: 'bias', shape: [kernel.at(-1) ?? 0], trainable: true };
  return [{ name: 'kernel', shape: kernel, trainable: true }, ...(useBias ? [bias] : [])];
}

/** `3 × 3, stride 2`. */
export function windowWords(size: Pair, stride: Pair): string {
  return `${formatShape(size)}, stride ${pairWords(stride)}`;
}

/** `2`, or `2 × 3` where the axes differ. */
export function pairWords(pair: Pair): string {
  const [rows, columns] = pair;
  return rows === columns ? String(rows) : formatShape(pair);
}

/** A padding with the zeros that it adds to a map of this shape: `same (3 before, 4 after)`. */
export function paddingWords([height = 0, width = 0]: Shape, settings: WindowSettings): string {
  const rows = slideWindow(height, slideAlong(0, settings));
  const columns = slideWindow(width, slideAlong(1, settings));
  const { padding } = settings;
  const isEven = (axis: AxisWindow): boolean => axis.padBefore === axis.padAfter;
  const isSame = rows.padBefore === columns.padBefore && rows.padAfter === columns.padAfter;
  const name = typeof padding === 'string' ? padding : '';
  if (rows.padBefore + rows.padAfter + columns.padBefore + columns.padAfter === 0) {
    return `${name || '0 on every side'} (none)`;
  }
  const [before, after] = [rows.padBefore, rows.padAfter];
  if (isSame && isEven(rows)) return inBrackets(name, `${before} on every side`);
  if (isSame) {
    const asked = typeof padding !== 'string' && allEqual(padding.flat());
    const sides = `${before} before, ${after} after`;
    return inBrackets(asked ? `${padding[0][0]} on every side` : name, sides);
  }
  const sides = `${before} above, ${after} below, ${columns.padBefore} left, ${columns.padAfter} right`;
  return inBrackets(name, sides);
}

function inBrackets(name: string, sides: string): string {
  return name === '' ? sides : `${name} (${sides})`;
}

function allEqual(values: readonly number[]): boolean {
  return values.every((value) => value === values[0]);
}

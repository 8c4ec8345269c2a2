import { NetworkError } from './networkError';

/** Sizes along height and width, in elements. */
export type Pair = readonly [rows: number, columns: number];

/** Zeros before and after the map, along height and along width. */
export type Pads = readonly [
  rows: readonly [top: number, bottom: number],
  columns: readonly [left: number, right: number],
];

/** Keras' words, or the zeros on each side, as PyTorch, Caffe and ONNX write them. */
export type Padding = 'valid' | 'same' | Pads;

/** Height or width, as the index of a shape's axis. */
export type Axis = 0 | 1;

/** A window that slides along one axis. Sizes and pads in elements. */
export interface Slide {
  readonly size: number;
  readonly stride: number;
  /** Distance between two elements of the window; 1 where it is left out. */
  readonly dilation?: number;
  readonly padding: 'valid' | 'same' | readonly [before: number, after: number];
  /** Rounds the output's size up, as Caffe's pooling does. */
  readonly ceil?: boolean;
}

/** A window in its place along one axis of a map. */
export interface AxisWindow {
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padBefore: number;
  readonly padAfter: number;
  /** Cells of the output. */
  readonly cells: number;
}

/** Cells from a window's first element to its last, gaps of dilation included. */
export function reach({ size, dilation = 1 }: Pick<Slide, 'size' | 'dilation'>): number {
  return (size - 1) * dilation + 1;
}

/** The first cell of the input that a cell sees; strides below 1 fall between cells. */
export function firstSeen(
  { stride, padBefore }: Pick<AxisWindow, 'stride' | 'padBefore'>,
  cell: number,
): number {
  // Thirds do not add up exactly.
  return Math.floor(cell * stride - padBefore + 1e-9);
}

/**
 * Places a window every `stride` cells over `input` cells; throws a NetworkError where it does not fit. 'same' follows
 * TensorFlow (an odd zero goes after), `ceil` follows Caffe: the last window must start before the padding at the end.
 */
export function slideWindow(input: number, slide: Slide): AxisWindow {
  const { size, stride, padding, dilation = 1, ceil = false } = slide;
  const covered = reach(slide);
  if (padding === 'same') {
    const cells = Math.ceil(input / stride);
    const total = Math.max(0, (cells - 1) * stride + covered - input);
    const padBefore = Math.floor(total / 2);
    return { size, stride, dilation, padBefore, padAfter: total - padBefore, cells };
  }
  const [before, after] = padding === 'valid' ? [0, 0] : padding;
  const room = input + before + after - covered;
  if (room < 0) {
    throw new NetworkError(
      `window ${covered} does not fit input ${input}${padWords(before, after)}`,
    );
  }
  let cells = (ceil ? Math.ceil(room / stride) : Math.floor(room / stride)) + 1;
  if (ceil && (cells - 1) * stride >= input + before) cells -= 1;
  const reached = (cells - 1) * stride + covered;
  const padAfter = Math.max(after, reached - input - before);
  return { size, stride, dilation, padBefore: before, padAfter, cells };
}

function padWords(before: number, after: number): string {
  if (before === after) return before > 0 ? ` + 2 · ${before}` : '';
  return ` + ${before} + ${after}`;
}

/** One axis of a padding. */
export function padsAlong(padding: Padding, axis: Axis): Slide['padding'] {
  return typeof padding === 'string' ? padding : padding[axis];
}

/** `"same"`, `2` where all sides have as many zeros, or all four numbers. */
export function formatPadding(padding: Padding): string {
  if (typeof padding === 'string') return `"${padding}"`;
  const [[top, bottom], [left, right]] = padding;
  const even = top === bottom && left === right && top === left;
  return even ? String(top) : `[[${top}, ${bottom}], [${left}, ${right}]]`;
}

/** `3` for a square, `3 x 5` otherwise. */
export function formatPair([rows, columns]: Pair): string {
  return rows === columns ? String(rows) : `${rows} x ${columns}`;
}

import type { MapShape, Shape } from '../../network/tensor/shape';

/** Writes a piece of a tensor's values, which begins at index `first` of the source, to its place in the result. */
export type Placing = (result: Float32Array, piece: Float32Array, first: number) => void;

/** Keeps the order, for files in the network's own layout. */
export const asTheyAre: Placing = (result, piece, first) => result.set(piece, first);

/** Keeps the order and adds a number to each value. */
export function added(number: number): Placing {
  return (result, piece, first) => {
    for (let i = 0; i < piece.length; i++) result[first + i] = (piece[i] ?? 0) + number;
  };
}

/** Columns written at a time: their values of one row fill a cache line. */
const blockColumns = 16;
/** Rows written at a time: their cache lines fit into the first-level cache. */
const blockRows = 64;

/** PyTorch's and Caffe's kernels [out, in, h, w] as Keras' [h, w, in, out]; `isTurned`: by 180 degrees. */
export function kernelToHwio(
  [outputs = 0, inputs = 0, height = 0, width = 0]: Shape,
  isTurned = false,
): Placing {
  const area = height * width;
  return transposed(outputs, inputs * area, (column) => {
    const cell = column % area;
    const turned = isTurned ? column - cell + (area - 1 - cell) : column;
    return cellsFirst(turned, inputs, area);
  });
}

/** Kernels [h, w, in, out], turned by 180 degrees. */
export function kernelTurned([height = 0, width = 0, inputs = 0, outputs = 0]: Shape): Placing {
  const last = height * width - 1;
  return movedBlocks(inputs * outputs, (cell) => last - cell);
}

/** Kernels of transposed convolutions, [h, w, out, in], as [h, w, in, out]. */
export function inputsBeforeOutputs([, , outputs = 0, inputs = 0]: Shape): Placing {
  return movedBlocks(1, (index) => {
    const [cell, place] = [Math.floor(index / (outputs * inputs)), index % (outputs * inputs)];
    return (cell * inputs + (place % inputs)) * outputs + Math.floor(place / inputs);
  });
}

/** PyTorch's [out, in] as Keras' [in, out]. */
export function denseToInOut([outputs = 0, inputs = 0]: Shape): Placing {
  return transposed(outputs, inputs, (column) => column);
}

/** PyTorch's [out, in] of the first dense layer after a map flattened channels first: its inputs become h, w, c. */
export function denseAfterChannelsFirst(
  [outputs = 0, inputs = 0]: Shape,
  [height, width, channels]: MapShape,
): Placing {
  const area = height * width;
  return transposed(outputs, inputs, (column) => cellsFirst(column, channels, area));
}

/** [in, out] of the first dense layer after a map flattened channels first: its rows become h, w, c. */
export function denseRowsFromChannelsFirst(
  [, outputs = 0]: Shape,
  [height, width, channels]: MapShape,
): Placing {
  const area = height * width;
  return movedBlocks(outputs, (row) => cellsFirst(row, channels, area));
}

/** Keeps the order within blocks of this many values; `place` says which block of the result one becomes. */
function movedBlocks(size: number, place: (block: number) => number): Placing {
  return (result, piece, first) => {
    for (let done = 0; done < piece.length;) {
      const block = Math.floor((first + done) / size);
      const within = (first + done) % size;
      const part = piece.subarray(done, done + size - within);
      result.set(part, place(block) * size + within);
      done += part.length;
    }
  };
}

/** Turns an index of [channel, cell] into one of [cell, channel]. */
function cellsFirst(index: number, channels: number, area: number): number {
  return (index % area) * channels + Math.floor(index / area);
}

/** Transposes a row-major matrix [rows, columns]; `place` says which row of the result a column becomes. */
function transposed(rows: number, columns: number, place: (column: number) => number): Placing {
  const places = Int32Array.from({ length: columns }, (_, column) => place(column) * rows);
  return (result, piece, first) => {
    // A piece may begin and end within a row: its rest, whole rows, the beginning of the next.
    const head = Math.min(piece.length, (columns - (first % columns)) % columns);
    const whole = Math.floor((piece.length - head) / columns) * columns;
    const target = { result, rows, columns, places };
    placeRow(target, piece.subarray(0, head), first);
    placeRows(target, piece.subarray(head, head + whole), (first + head) / columns);
    placeRow(target, piece.subarray(head + whole), first + head + whole);
  };
}

interface Target {
  readonly result: Float32Array;
  readonly rows: number;
  readonly columns: number;
  readonly places: Int32Array;
}

/** Transposes part of one row. */
function placeRow({ result, columns, places }: Target, part: Float32Array, first: number): void {
  const row = Math.floor(first / columns);
  const left = first % columns;
  for (let i = 0; i < part.length; i++) result[(places[left + i] ?? 0) + row] = part[i] ?? 0;
}

/** Transposes whole rows block by block, which takes a fifth of the time of row by row. */
function placeRows(
  { result, columns, places }: Target,
  part: Float32Array,
  firstRow: number,
): void {
  const rows = part.length / columns;
  for (let top = 0; top < rows; top += blockRows) {
    const bottom = Math.min(top + blockRows, rows);
    for (let left = 0; left < columns; left += blockColumns) {
      const right = Math.min(left + blockColumns, columns);
      for (let column = left; column < right; column++) {
        const to = (places[column] ?? 0) + firstRow;
        for (let row = top; row < bottom; row++) {
          result[to + row] = part[row * columns + column] ?? 0;
        }
      }
    }
  }
}

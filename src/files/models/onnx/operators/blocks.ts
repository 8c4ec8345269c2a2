import { NetworkError } from '../../../../network/tensor/networkError';
import { reshaped } from '../values/arranging';
import type { Operation, Operator } from '../values/operation';
import { dimsWords, type TensorValue, transposedValue } from '../values/value';

/** Blocks of channels become cells, `blocksize` along each side. */
export const depthToSpace: Operator = (operation) => {
  const { x, size } = given(operation);
  const [batch = 1, channels = 1, height = 1, width = 1] = x.dims;
  const left = channels / (size * size);
  if (!Number.isInteger(left)) throw undivided(x, channels, size * size);
  const isDepthFirst = operation.text('mode', 'DCR') === 'DCR';
  const dims = isDepthFirst
    ? [batch, size, size, left, height, width]
    : [batch, left, size, size, height, width];
  const perm = isDepthFirst ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3];
  const cells = transposedValue(reshaped(operation, x, dims), perm);
  return reshaped(operation, cells, [batch, left, height * size, width * size]);
};

/** Cells of a block become channels. */
export const spaceToDepth: Operator = (operation) => {
  const { x, size } = given(operation);
  const [batch = 1, channels = 1, height = 1, width = 1] = x.dims;
  const [rows, columns] = [height / size, width / size];
  if (!Number.isInteger(rows)) throw undivided(x, height, size);
  if (!Number.isInteger(columns)) throw undivided(x, width, size);
  const blocks = reshaped(operation, x, [batch, channels, rows, size, columns, size]);
  const isDepthFirst = operation.text('mode', 'DCR') === 'DCR';
  const perm = isDepthFirst ? [0, 3, 5, 1, 2, 4] : [0, 1, 3, 5, 2, 4];
  const cells = transposedValue(blocks, perm);
  return reshaped(operation, cells, [batch, channels * size * size, rows, columns]);
};

function given(operation: Operation): { readonly x: TensorValue; readonly size: number } {
  const x = operation.tensor(0);
  if (x.dims.length !== 4) {
    throw new NetworkError(
      `${operation.op} takes batch x channels x height x width, got ${dimsWords(x.dims)}`,
    );
  }
  return { x, size: operation.number('blocksize', 1) };
}

function undivided({ dims }: TensorValue, count: number, by: number): NetworkError {
  return new NetworkError(
    `${dimsWords(dims)} does not divide into blocks (${count} / ${by} = ${count / by})`,
  );
}

import { WeightsError } from '../bytes/weightsError';
import { elementCount, formatShape, sameShape } from '../../network/tensor/shape';
import type { TensorInFile } from './tensorFile';

/** A weight that PyTorch keeps as two tensors, by the ends of their names, and how it follows from them. */
interface Way {
  readonly parts: readonly [first: RegExp, second: string];
  readonly whole: string;
  readonly join: (first: TensorInFile, second: TensorInFile) => TensorInFile['pieces'];
}

/** torch.nn.utils.prune's weight and mask; weight_norm's length and direction, in its old and its new spelling. */
const ways: readonly Way[] = [
  { parts: [/^(.*\.)?(\w+)_orig$/, '$1$2_mask'], whole: '$1$2', join: masked },
  { parts: [/^(.*\.)?(\w+)_g$/, '$1$2_v'], whole: '$1$2', join: scaledDirection },
  {
    parts: [/^(.*\.)?parametrizations\.(\w+)\.original0$/, '$1parametrizations.$2.original1'],
    whole: '$1$2',
    join: scaledDirection,
  },
];

/** The tensors of a file, those that PyTorch split put together again. */
export function withWholeWeights(tensors: readonly TensorInFile[]): readonly TensorInFile[] {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const seconds = new Set<TensorInFile>();
  const joined = tensors.map((tensor) => {
    for (const { parts, whole, join } of ways) {
      const [first, second] = parts;
      const other = first.test(tensor.name)
        ? byName.get(tensor.name.replace(first, second))
        : undefined;
      if (!other) continue;
      seconds.add(other);
      const { shape } = other;
      const byteLength = tensor.byteLength + other.byteLength;
      const name = tensor.name.replace(first, whole);
      return { name, shape, byteLength, pieces: join(tensor, other) };
    }
    return tensor;
  });
  return joined.filter((tensor) => !seconds.has(tensor));
}

function masked(weight: TensorInFile, mask: TensorInFile): TensorInFile['pieces'] {
  if (!sameShape(weight.shape, mask.shape))
    throw new WeightsError(
      `${mask.name} has shape ${formatShape(mask.shape)}, ${weight.name} ${formatShape(weight.shape)}`,
    );
  return () => product(weight.pieces(), mask.pieces());
}

/** Values of two tensors multiplied, whose pieces may end at different places. */
async function* product(
  values: AsyncIterable<Float32Array>,
  others: AsyncIterable<Float32Array>,
): AsyncGenerator<Float32Array> {
  const factors = others[Symbol.asyncIterator]();
  let rest = new Float32Array();
  for await (const piece of values) {
    const result = Float32Array.from(piece);
    for (let done = 0; done < result.length;) {
      if (rest.length === 0) {
        const next = await factors.next();
        if (next.done) throw new WeightsError('a mask ends before its weight');
        rest = Float32Array.from(next.value);
      }
      const count = Math.min(rest.length, result.length - done);
      for (let i = 0; i < count; i++) result[done + i] = (result[done + i] ?? 0) * (rest[i] ?? 0);
      rest = rest.subarray(count);
      done += count;
    }
    yield result;
  }
}

/** g · v / |v|, the length taken over all but the first axis, for each output (Salimans and Kingma 2016). */
function scaledDirection(length: TensorInFile, direction: TensorInFile): TensorInFile['pieces'] {
  const [outputs = 0] = direction.shape;
  const each = elementCount(direction.shape) / Math.max(1, outputs);
  if (elementCount(length.shape) !== outputs || length.shape[0] !== outputs)
    throw new WeightsError(
      `${length.name} has shape ${formatShape(length.shape)}; one length for each of ${outputs} outputs is read`,
    );
  return async function* () {
    const squares = new Float64Array(outputs);
    let at = 0;
    for await (const piece of direction.pieces())
      for (const value of piece) {
        const output = Math.floor(at++ / each);
        squares[output] = (squares[output] ?? 0) + value * value;
      }
    const factors = new Float64Array(outputs);
    let output = 0;
    for await (const piece of length.pieces())
      for (const value of piece) {
        factors[output] = value / Math.sqrt(squares[output] ?? 0);
        output++;
      }
    at = 0;
    for await (const piece of direction.pieces())
      yield piece.map((value) => value * (factors[Math.floor(at++ / each)] ?? 0));
  };
}

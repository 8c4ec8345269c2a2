import { elementCount } from '../../../../network/tensor/shape';
import type { ByteSource } from '../../../bytes/byteSource';
import type { OpenBeside } from '../../../bytes/openBeside';
import { WeightsError } from '../../../bytes/weightsError';
import { ExternalFiles } from '../../../containers/onnxExternal';
import { onnxNumbers, type TensorNumbers } from '../../../containers/onnxTensor';
import { ProtobufReader } from '../../../containers/protobufReader';
import { maxValues, mostFolded, type Constant } from './constant';
import type { StoredTensor } from './onnxModel';
import { dimsText } from './onnxModel';

/** Types of TensorProto.DataType that hold whole numbers: 8 to 64 bits, and truth values. */
const wholeTypes = new Set([2, 3, 4, 5, 6, 7, 9, 12, 13]);
const signedByte = 3;
/** Those of them that weights are never of, and that only shapes and the like are. */
const listedTypes: ReadonlyMap<number, { readonly bytes: number; readonly field: number }> =
  new Map([
    [7, { bytes: 8, field: 7 }],
    [9, { bytes: 1, field: 5 }],
    [12, { bytes: 4, field: 11 }],
    [13, { bytes: 8, field: 11 }],
  ]);

/** The constants of a file, in it or in files beside it. */
export class StoredConstants {
  private readonly files: ExternalFiles;

  constructor(
    private readonly source: ByteSource,
    openBeside: OpenBeside,
  ) {
    this.files = new ExternalFiles(openBeside);
  }

  close(): Promise<void> {
    return this.files.close();
  }

  /** A tensor as a constant; one whose values are not to be had says so when it is read. */
  async constant(stored: StoredTensor, name = stored.tensor.name): Promise<Constant> {
    const { shape: dims, type } = stored.tensor;
    const about = { name, dims, isWhole: wholeTypes.has(type), isSigned: type === signedByte };
    try {
      const count = countOf(name, dims);
      const listed = listedTypes.get(type);
      if (listed && count <= mostFolded) {
        const values = await this.wholes(stored, listed, count);
        return {
          ...about,
          byteLength: count * listed.bytes,
          values,
          pieces: () => floats([values]),
        };
      }
      if (listed) throw new WeightsError(`${name} holds ${count} whole numbers, no weights`);
      const numbers = await this.numbers(stored);
      const pieces = (): AsyncIterable<Float32Array> => asFloats(numbers);
      const { byteLength } = numbers;
      if (count > maxValues) return { ...about, byteLength, pieces };
      const values = await collected(numbers, name, count);
      return { ...about, byteLength, values, pieces };
    } catch (error) {
      if (!(error instanceof WeightsError)) throw error;
      return { ...about, byteLength: 0, fault: error.message, pieces: () => failing(error) };
    }
  }

  private numbers({ tensor }: StoredTensor): Promise<TensorNumbers> {
    return onnxNumbers(
      this.source,
      (external, length) => this.files.find(external, length),
      tensor,
    );
  }

  /** Whole numbers of a type that is no weights'. */
  private async wholes(
    { tensor, range }: StoredTensor,
    { bytes, field: wanted }: { readonly bytes: number; readonly field: number },
    count: number,
  ): Promise<Float64Array> {
    const [raw] = tensor.raw;
    const stored = tensor.external
      ? await this.files.find(tensor.external, count * bytes)
      : raw && { source: this.source, range: raw };
    if (stored) return await rawWholes(tensor.name, stored, { type: tensor.type, bytes, count });
    const reader = new ProtobufReader(this.source);
    const values: number[] = [];
    for await (const field of reader.fields(range)) {
      if (field.number !== wanted) continue;
      for (const value of await reader.varints(field, mostFolded)) values.push(value);
    }
    if (values.length !== count) {
      throw new WeightsError(
        `${tensor.name} has shape ${dimsText(tensor.shape)}, ${count} values, but lists ${values.length}`,
      );
    }
    return Float64Array.from(values);
  }
}

function countOf(name: string, dims: readonly number[]): number {
  const count = elementCount(dims);
  const isWhole = dims.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (isWhole && Number.isSafeInteger(count * Float64Array.BYTES_PER_ELEMENT)) return count;
  throw new WeightsError(`${name} has the impossible shape ${dimsText(dims)}`);
}

async function rawWholes(
  name: string,
  { source, range: { start, end } }: Awaited<ReturnType<ExternalFiles['find']>>,
  { type, bytes, count }: { readonly type: number; readonly bytes: number; readonly count: number },
): Promise<Float64Array> {
  if (end - start !== count * bytes) {
    throw new WeightsError(`${name} holds ${end - start} bytes in place of ${count * bytes}`);
  }
  const read = await source.read(start, end - start);
  const view = new DataView(read.buffer, read.byteOffset, read.byteLength);
  return Float64Array.from({ length: count }, (_, i) => {
    if (bytes === 1) return view.getUint8(i);
    if (bytes === 4) return view.getUint32(4 * i, true);
    return Number(type === 7 ? view.getBigInt64(8 * i, true) : view.getBigUint64(8 * i, true));
  });
}

async function collected(
  { pieces }: TensorNumbers,
  name: string,
  count: number,
): Promise<Float64Array> {
  const values: number[] = [];
  for await (const piece of pieces()) values.push(...piece);
  if (values.length !== count)
    throw new WeightsError(`${name} holds ${values.length} of its ${count} values`);
  return Float64Array.from(values);
}

async function* asFloats({ pieces }: TensorNumbers): AsyncGenerator<Float32Array> {
  for await (const piece of pieces()) {
    yield piece instanceof Float32Array ? piece : Float32Array.from(piece);
  }
}

async function* floats(all: readonly Float64Array[]): AsyncGenerator<Float32Array> {
  for (const values of all) yield await Promise.resolve(Float32Array.from(values));
}

// eslint-disable-next-line require-yield -- what is not there has no pieces
async function* failing(error: WeightsError): AsyncGenerator<Float32Array> {
  await Promise.reject(error);
}

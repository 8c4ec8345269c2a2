import type { Shape } from '../../network/tensor/shape';
import { elementCount } from '../../network/tensor/shape';
import type { ByteSource } from '../bytes/byteSource';
import { floatBytes, type FloatType } from '../bytes/floatTypes';
import { WeightsError } from '../bytes/weightsError';
import { rawTensor } from '../tensors/rawTensor';
import type { TensorInFile } from '../tensors/tensorFile';
import type { FixedRun } from './protobufNumbers';
import { fixedPieces, fixedRun, runCount } from './protobufNumbers';
import type { ProtobufReader, Range } from './protobufReader';
import { contentOf, wholeOf } from './protobufReader';

/** A BlobProto's shape and the places of its values, not yet checked against each other. */
export interface CaffeBlob {
  readonly shape: Shape;
  readonly floats: readonly FixedRun[];
  readonly doubles: readonly FixedRun[];
  /** Its values as they lie in memory, which is how NVIDIA's Caffe saves them since 0.16. */
  readonly raw: Range | undefined;
  readonly rawType: FloatType | undefined;
}

/** NVIDIA's Type: DOUBLE, FLOAT, FLOAT16. */
const rawTypes: readonly FloatType[] = ['F64', 'F32', 'F16'];
const maxRank = 8;
/** num, channels, height and width, which a blob had before it had a shape. */
const oldAxes = 4;

/** Reads a BlobProto without its gradients (`diff`). */
export async function readBlob(reader: ProtobufReader, range: Range): Promise<CaffeBlob> {
  const old: number[] = [];
  let shape: readonly number[] = [];
  const floats: FixedRun[] = [];
  const doubles: FixedRun[] = [];
  let raw: Range | undefined;
  let rawType: FloatType | undefined = 'F64';
  for await (const field of reader.fields(range)) {
    switch (field.number) {
      case 1:
      case 2:
      case 3:
      case 4:
        old[field.number - 1] = wholeOf(field);
        break;
      case 5:
        floats.push(fixedRun(field, 4));
        break;
      case 7:
        shape = await readShape(reader, contentOf(field));
        break;
      case 8:
        doubles.push(fixedRun(field, 8));
        break;
      case 10:
        rawType = rawTypes[wholeOf(field)];
        break;
      case 12:
        raw = contentOf(field);
        break;
    }
  }
  // As Caffe has it, the old sizes count where there are any.
  const isOld = old.length > 0 || shape.length === 0;
  const four = Array.from({ length: oldAxes }, (_, axis) => old[axis] ?? 0);
  return { shape: isOld ? four : shape, floats, doubles, raw, rawType };
}

async function readShape(reader: ProtobufReader, range: Range): Promise<readonly number[]> {
  const shape: number[] = [];
  for await (const field of reader.fields(range)) {
    if (field.number !== 1) continue;
    shape.push(...(await reader.varints(field, maxRank)));
    if (shape.length > maxRank) throw new WeightsError(`a blob has more than ${maxRank} axes`);
  }
  return shape;
}

/** A blob as a tensor of this name and shape; throws a WeightsError where its values are not as many. */
export function blobTensor(source: ByteSource, name: string, blob: CaffeBlob): TensorInFile {
  const { shape, floats, doubles, raw } = blob;
  const count = elementCount(shape);
  const whole = shape.every((size) => Number.isSafeInteger(size) && size > 0);
  if (!whole || !Number.isSafeInteger(count)) {
    throw new WeightsError(`${name} has the impossible shape [${shape.join(', ')}]`);
  }
  if (raw && floats.length === 0 && doubles.length === 0) {
    return rawBlobTensor(source, name, blob, raw);
  }
  const [runs, type, width] =
    doubles.length > 0 ? ([doubles, 'F64', 8] as const) : ([floats, 'F32', 4] as const);
  if (doubles.length > 0 && floats.length > 0) {
    throw new WeightsError(`${name} holds its values twice, as floats and as doubles`);
  }
  if (runCount(runs) !== count) {
    throw new WeightsError(
      `${name} has shape [${shape.join(', ')}], ${count} values, but holds ${runCount(runs)}`,
    );
  }
  const pieces = (): AsyncIterable<Float32Array> => fixedPieces(source, runs, type);
  return { name, shape, byteLength: count * width, pieces };
}

function rawBlobTensor(
  source: ByteSource,
  name: string,
  { shape, rawType: type }: CaffeBlob,
  { start, end }: Range,
): TensorInFile {
  if (!type) throw new WeightsError(`${name} holds integers; floats are read`);
  const count = elementCount(shape);
  const byteLength = end - start;
  if (byteLength !== count * floatBytes[type]) {
    throw new WeightsError(
      `${name} has shape [${shape.join(', ')}], ${count} values of ${type}, but holds ${byteLength} bytes`,
    );
  }
  return rawTensor(source, { name, type, shape, offset: start, byteLength });
}

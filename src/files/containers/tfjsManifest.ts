import type { Shape } from '../../network/tensor/shape';
import { elementCount } from '../../network/tensor/shape';
import { WeightsError } from '../bytes/weightsError';
import { fieldsOf } from './smallJson';

/** Files whose bytes, joined, are tensors back to back. */
export interface TfjsGroup {
  readonly paths: readonly string[];
  readonly entries: readonly TfjsEntry[];
}

export interface TfjsEntry {
  readonly name: string;
  readonly shape: Shape;
  readonly byteLength: number;
  /** Whether its numbers are of a type that is whole: integers and truths. */
  readonly isWhole: boolean;
  /** Encoding of a weight's numbers; undefined for tensors that are no weights. */
  readonly packing: Packing | undefined;
}

/** Floats, half floats, or integers that stand for value · scale + min. */
export type Packing =
  | { readonly type: 'F32' | 'F16' }
  | { readonly type: 'U8' | 'U16'; readonly scale: number; readonly min: number };

/** Bound of files; the converter writes shards of 4 MiB, 60 for an AlexNet. */
const maxFiles = 512;
const maxTensors = 4096;
const maxRank = 8;
const shownCharacters = 80;

const widths = { F32: 4, F16: 2, U8: 1, U16: 2 } as const;
/** Bytes of a number by type; texts and complex numbers are not supported. */
const plainWidths: ReadonlyMap<unknown, number> = new Map([
  ['float32', 4],
  ['int32', 4],
  ['bool', 1],
]);

/** Reads a model.json's weightsManifest; throws a WeightsError where a file or tensor occurs twice. */
export function readTfjsManifest(model: unknown): readonly TfjsGroup[] {
  const manifest = fieldsOf(model)?.['weightsManifest'];
  if (!Array.isArray(manifest)) throw new WeightsError('the model has no weightsManifest');
  const files = new Names('file', maxFiles);
  const tensors = new Names('tensor', maxTensors);
  return manifest.map((value: unknown): TfjsGroup => {
    const { paths, weights } = fieldsOf(value) ?? {};
    if (!Array.isArray(paths) || !Array.isArray(weights)) {
      throw new WeightsError('the weightsManifest has a group without paths or weights');
    }
    return {
      paths: paths.map((path: unknown) => files.add(withoutDot(path))),
      entries: weights.map((weight: unknown) => readEntry(fieldsOf(weight) ?? {}, tensors)),
    };
  });
}

/** Drops the `./` that TensorFlow.js writes before a shard's name when it saves in a browser. */
function withoutDot(path: unknown): unknown {
  return typeof path === 'string' && path.startsWith('./') ? path.slice(2) : path;
}

/** Throws where a text occurs twice, or there are too many. */
class Names {
  private readonly seen = new Set<string>();

  constructor(
    private readonly what: string,
    private readonly most: number,
  ) {}

  add(name: unknown): string {
    if (typeof name !== 'string' || name === '') {
      throw new WeightsError(`the weightsManifest lists a ${this.what} without a name`);
    }
    if (this.seen.has(name)) {
      throw new WeightsError(`the weightsManifest lists the ${this.what} ${shown(name)} twice`);
    }
    if (this.seen.size === this.most) {
      throw new WeightsError(`the weightsManifest lists more than ${this.most} ${this.what}s`);
    }
    this.seen.add(name);
    return name;
  }
}

function readEntry(fields: Readonly<Record<string, unknown>>, names: Names): TfjsEntry {
  const { shape, dtype, quantization, group } = fields;
  const name = names.add(fields['name']);
  if (!isShape(shape)) throw new WeightsError(`${name} has the impossible shape ${shown(shape)}`);
  const packing = quantization === undefined ? undefined : readPacking(name, quantization);
  const width = packing ? widths[packing.type] : plainWidths.get(dtype);
  if (width === undefined) {
    throw new WeightsError(`${name} has type ${shown(dtype)}; float32 is read, plain or quantised`);
  }
  // Single numbers are settings, such as an epsilon; an optimizer's state is no weight either.
  const isWeight = dtype === 'float32' && group !== 'optimizer' && shape.length > 0;
  return {
    name,
    shape,
    byteLength: elementCount(shape) * width,
    isWhole: dtype !== 'float32',
    packing: isWeight ? (packing ?? { type: 'F32' }) : undefined,
  };
}

function readPacking(name: string, value: unknown): Packing {
  const { dtype, scale, min } = fieldsOf(value) ?? {};
  if (dtype === 'float16') return { type: 'F16' };
  if (dtype !== 'uint8' && dtype !== 'uint16') {
    throw new WeightsError(
      `${name} is quantised as ${shown(dtype)}; uint8, uint16 and float16 are read`,
    );
  }
  if (!Number.isFinite(scale) || !Number.isFinite(min)) {
    throw new WeightsError(`${name} has the scale ${shown(scale)} and the least ${shown(min)}`);
  }
  return { type: dtype === 'uint8' ? 'U8' : 'U16', scale: Number(scale), min: Number(min) };
}

function isShape(shape: unknown): shape is Shape {
  return (
    Array.isArray(shape) &&
    shape.length <= maxRank &&
    shape.every((size) => Number.isSafeInteger(size) && size >= 0) &&
    Number.isSafeInteger(elementCount(shape as Shape) * widths.F32)
  );
}

/** A value of the JSON for sentences, shortened. */
function shown(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value).slice(0, shownCharacters);
}

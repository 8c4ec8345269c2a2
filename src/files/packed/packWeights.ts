import type { Layer, WeightSpec } from '../../network/layers/layer';
import type { Network } from '../../network/network';
import type { NetworkWeights } from '../matching/networkWeights';
import { weightKey } from '../matching/networkWeights';
import { randomLayerWeights } from '../randomWeights';
import { stepsName, type Packing } from './packing';

interface PackedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int8Array;
}

/** The bytes of packed weights; throws where the classifier's class is out of range or a layer is missing. */
export function packWeights(network: Network, weights: NetworkWeights, packing: Packing): Buffer {
  const last = network.layers.findLast((layer) => layer.weights.length > 0);
  const tensors = network.layers
    .filter((layer) => hasLearned(layer, weights, packing.seed))
    .flatMap((layer) =>
      layer.weights.flatMap((spec) => {
        const name = weightKey(layer.name, spec.name);
        const whole = { name, shape: spec.shape, values: valuesOf(weights, name) };
        const tensor = layer === last ? ofClasses(whole, packing.classes) : whole;
        return isCoded(spec) ? coded(tensor) : [tensor];
      }),
    );
  return written(tensors, packing);
}

function valuesOf(weights: NetworkWeights, name: string): Float32Array {
  const values = weights.get(name);
  if (values) return values;
  throw new Error(`there is no ${name} to pack`);
}

function hasLearned(layer: Layer, weights: NetworkWeights, seed: number): boolean {
  return [...randomLayerWeights(layer, seed)].some(([name, drawn]) => {
    const values = valuesOf(weights, name);
    return drawn.some((value, index) => value !== values[index]);
  });
}

function isCoded({ name }: WeightSpec): boolean {
  return name === 'kernel';
}

/** The columns of these classes. */
function ofClasses(
  { name, shape, values }: PackedTensor,
  classes: readonly number[],
): PackedTensor {
  const outputs = shape.at(-1) ?? 0;
  const unknown = classes.find((index) => !Number.isInteger(index) || index >= outputs);
  if (unknown !== undefined) throw new Error(`${name} has no output ${unknown} of ${outputs}`);
  const rows = values.length / outputs;
  const kept = new Float32Array(rows * classes.length);
  for (let row = 0; row < rows; row++)
    for (const [at, index] of classes.entries())
      kept[row * classes.length + at] = values[row * outputs + index] ?? 0;
  return { name, shape: [...shape.slice(0, -1), classes.length], values: kept };
}

/** Codes from -127 to 127, in steps of each filter's own: the one with the least squared error. */
function coded({ name, shape, values }: PackedTensor): readonly PackedTensor[] {
  const filters = shape.at(-1) ?? 0;
  const steps = new Float32Array(filters);
  const codes = new Int8Array(values.length);
  for (let filter = 0; filter < filters; filter++) {
    const own = Float32Array.from({ length: values.length / filters }, (_, index) => {
      return values[index * filters + filter] ?? 0;
    });
    const step = bestStep(own);
    steps[filter] = step;
    own.forEach((value, index) => (codes[index * filters + filter] = codeOf(value, step)));
  }
  return [
    { name, shape, values: codes },
    { name: stepsName(name), shape: [filters], values: steps },
  ];
}

function codeOf(value: number, step: number): number {
  return step === 0 ? 0 : Math.max(-127, Math.min(127, Math.round(value / step)));
}

function bestStep(values: Float32Array): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let best = { step: largest / 127, error: Infinity };
  // A few outliers are better cut than everything else rounded.
  for (let share = 1; share >= 0.5; share -= 0.05) {
    const step = Math.fround((share * largest) / 127);
    const error = values.reduce((sum, value) => sum + (value - step * codeOf(value, step)) ** 2, 0);
    if (error < best.error) best = { step, error };
  }
  return best.step;
}

/** Alignment of the tensors: those of float32 come first. */
const alignment = 8;

function written(tensors: readonly PackedTensor[], packing: Packing): Buffer {
  const ordered = [...tensors].sort((a, b) => width(b) - width(a));
  let offset = 0;
  const entries = ordered.map(({ name, shape, values }) => {
    const from = offset;
    offset += values.byteLength;
    const dtype = values instanceof Int8Array ? 'I8' : 'F32';
    return [name, { dtype, shape, data_offsets: [from, offset] }] as const;
  });
  const metadata = { packing: JSON.stringify(packing) };
  const header = Buffer.from(
    JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) }),
  );
  const padding = Buffer.alloc(-header.length & (alignment - 1), ' ');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length + padding.length));
  const bytes = ordered.map(({ values }) =>
    Buffer.from(values.buffer, values.byteOffset, values.byteLength),
  );
  return Buffer.concat([length, header, padding, ...bytes]);
}

function width({ values }: PackedTensor): number {
  return values.BYTES_PER_ELEMENT;
}

import type { Layer, WeightSpec } from '../../network/layers/layer';
import type { Network } from '../../network/network';
import { elementCount } from '../../network/tensor/shape';
import type { ByteSource } from '../bytes/byteSource';
import { floatBytes, toFloat32 } from '../bytes/floatTypes';
import { WeightsError } from '../bytes/weightsError';
import { fieldsOf } from '../containers/smallJson';
import { readSafetensorsHeader, type SafetensorsEntry } from '../formats/safetensors';
import type { NetworkWeights } from '../matching/networkWeights';
import { weightKey } from '../matching/networkWeights';
import { randomLayerWeights } from '../randomWeights';
import { absentLogit, stepsName, type Packing } from './packing';

/** Packed weights whose description was read. */
export interface PackedWeights extends Packing {
  /** One layer's weights, [..., outputs] as the network has them. */
  layer(network: Network, layer: Layer): Promise<NetworkWeights>;
}

const types = { ...floatBytes, I8: 1 } as const;
type Entry = SafetensorsEntry<keyof typeof types>;

/** Opens packed weights; throws a WeightsError where the file is none. */
export async function openPackedWeights(source: ByteSource): Promise<PackedWeights> {
  const { entries, metadata } = await readSafetensorsHeader(source, types);
  const packing = packingOf(metadata['packing']);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const read = async (
    name: string,
    shape: readonly number[],
  ): Promise<Float32Array | Int8Array> => {
    const entry = byName.get(name);
    if (entry?.shape.join() !== shape.join())
      throw new WeightsError(`the packed weights have no ${name} of [${shape.join(', ')}]`);
    return await numbersOf(source, entry);
  };
  return {
    ...packing,
    async layer(network, layer) {
      const names = layer.weights.map(({ name }) => weightKey(layer.name, name));
      // A layer is packed whole, or never learned.
      if (!names.some((name) => byName.has(name))) return randomLayerWeights(layer, packing.seed);
      const isLast = network.layers.findLast(({ weights }) => weights.length > 0) === layer;
      const values = new Map<string, Float32Array>();
      for (const spec of layer.weights) {
        const name = weightKey(layer.name, spec.name);
        const shape = isLast ? [...spec.shape.slice(0, -1), packing.classes.length] : spec.shape;
        const numbers = await read(name, shape);
        const own =
          numbers instanceof Int8Array
            ? decoded(numbers, await read(stepsName(name), shape.slice(-1)))
            : numbers;
        values.set(name, isLast ? ofAllClasses(spec, own, packing.classes) : own);
      }
      return values;
    },
  };
}

function packingOf(text = ''): Packing {
  const { documentId, seed, classes } = parsed(text);
  if (typeof documentId === 'string' && Number.isInteger(seed) && Array.isArray(classes)) {
    const isIndex = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;
    if (classes.every(isIndex)) return { documentId, seed: Number(seed), classes };
  }
  throw new WeightsError('the file does not say how its weights are packed');
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return fieldsOf(JSON.parse(text)) ?? {};
  } catch (error) {
    throw new WeightsError('the file does not say how its weights are packed', { cause: error });
  }
}

async function numbersOf(
  source: ByteSource,
  { offset, byteLength, type }: Entry,
): Promise<Float32Array | Int8Array> {
  const bytes = await source.read(offset, byteLength);
  if (type !== 'I8') return toFloat32(bytes, type);
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Counted by index: Float32Array.from asks an iterator for each of millions. */
function decoded(codes: Int8Array, steps: Float32Array | Int8Array): Float32Array {
  const values = new Float32Array(codes.length);
  const filters = steps.length;
  for (let filter = 0; filter < filters; filter++) {
    const step = steps[filter] ?? 0;
    for (let at = filter; at < values.length; at += filters) values[at] = (codes[at] ?? 0) * step;
  }
  return values;
}

/** With the classes that were never trained: nothing makes one of them likely. */
function ofAllClasses(
  { name, shape }: WeightSpec,
  values: Float32Array,
  classes: readonly number[],
): Float32Array {
  const outputs = shape.at(-1) ?? 0;
  const unknown = classes.find((index) => index >= outputs);
  if (unknown !== undefined) throw new WeightsError(`${name} has no output ${unknown}`);
  const all = new Float32Array(elementCount(shape));
  if (name === 'bias') all.fill(absentLogit);
  for (let index = 0; index < values.length; index++) {
    const [row, at] = [Math.floor(index / classes.length), index % classes.length];
    all[row * outputs + (classes[at] ?? 0)] = values[index] ?? 0;
  }
  return all;
}

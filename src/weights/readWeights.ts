import type { VariantId } from '../network/variants/variant';
import type { ByteSource } from './byteSource';
import { matchVariant } from './matchVariant';
import type { NetworkWeights } from './networkWeights';
import { isSafetensors, readSafetensor, readSafetensorsHeader } from './safetensors';
import { WeightsError } from './weightsError';

export interface ReadWeights {
  readonly variant: VariantId;
  readonly weights: NetworkWeights;
}

interface ReadOptions {
  readonly shown: VariantId;
  readonly signal: AbortSignal;
  /** Told after each tensor: its name, and how much is read, from 0 to 1. */
  readonly onTensor: (name: string, fraction: number) => void;
}

/** Reads a whole file of weights, recognised by its content; throws a WeightsError and keeps nothing where it does not fit. */
export async function readWeights(source: ByteSource, options: ReadOptions): Promise<ReadWeights> {
  if (source.size === 0) throw new WeightsError('the file is empty');
  if (!(await isSafetensors(source))) {
    throw new WeightsError('not a safetensors file; other formats are not read yet');
  }
  const entries = await readSafetensorsHeader(source);
  const { variant, weights } = matchVariant(entries, options.shown);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const read = new Map<string, Float32Array>();
  let bytes = 0;
  for (const { key, file } of weights) {
    options.signal.throwIfAborted();
    const entry = byName.get(file.name);
    if (!entry) throw new WeightsError(`${file.name} is missing`);
    read.set(key, file.convert(await readSafetensor(source, entry)));
    bytes += entry.byteLength;
    options.onTensor(file.name, bytes / source.size);
  }
  return { variant, weights: read };
}

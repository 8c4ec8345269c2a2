import type { VariantId } from '../network/variants/variant';
import type { ByteSource } from './byteSource';
import { matchVariant } from './matchVariant';
import {
  checkSafetensor,
  isSafetensors,
  readSafetensor,
  readSafetensorsHeader,
} from './safetensors';
import { WeightsError } from './weightsError';

/** One weight of a file: its name there, its bytes there, and how to have it. */
export interface WeightInFile {
  readonly name: string;
  readonly byteLength: number;
  /** As the file has it; throws a WeightsError where a value is no number. */
  check(): Promise<void>;
  /** Checked, and laid out as the network wants it. */
  read(): Promise<Float32Array>;
}

/** A file of weights whose header fits a variant; no value has been read yet. */
export interface WeightsFile {
  readonly variant: VariantId;
  /** By the network's own name, such as `conv1.kernel`. */
  readonly weights: ReadonlyMap<string, WeightInFile>;
}

/** Opens a file of weights, recognised by its content; throws a WeightsError where it does not fit. `shown` is tried first. */
export async function openWeightsFile(source: ByteSource, shown: VariantId): Promise<WeightsFile> {
  if (source.size === 0) throw new WeightsError('the file is empty');
  if (!(await isSafetensors(source))) {
    throw new WeightsError('not a safetensors file; other formats are not read yet');
  }
  const entries = await readSafetensorsHeader(source);
  const { variant, weights: matched } = matchVariant(entries, shown);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const weights = new Map<string, WeightInFile>();
  for (const { key, file } of matched) {
    const entry = byName.get(file.name);
    if (!entry) throw new WeightsError(`${file.name} is missing`);
    weights.set(key, {
      name: file.name,
      byteLength: entry.byteLength,
      check: () => checkSafetensor(source, entry),
      read: async () => file.convert(await readSafetensor(source, entry)),
    });
  }
  return { variant, weights };
}

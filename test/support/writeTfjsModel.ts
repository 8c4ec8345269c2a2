import { bytesOf } from './protobuf';

/** A tensor of a manifest, its entry as written and its bytes. */
export interface TfjsTensor {
  readonly entry: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
}

export function tfjsFloats(
  name: string,
  shape: readonly number[],
  values: Float32Array,
): TfjsTensor {
  return { entry: { name, shape, dtype: 'float32' }, bytes: bytesOf(values) };
}

/** The files of a model: model.json, and each group of tensors cut into shards of so many bytes. */
export function writeTfjsModel(
  groups: readonly (readonly TfjsTensor[])[],
  shardBytes: number,
): { json: Buffer; shards: Record<string, Buffer> } {
  const shards: Record<string, Buffer> = {};
  const weightsManifest = groups.map((tensors, group) => {
    const bytes = Buffer.concat(tensors.map((tensor) => tensor.bytes));
    const count = Math.ceil(bytes.length / shardBytes);
    const paths = Array.from(
      { length: count },
      (_, i) => `group${group + 1}-shard${i + 1}of${count}.bin`,
    );
    for (const [i, path] of paths.entries()) {
      shards[path] = bytes.subarray(i * shardBytes, (i + 1) * shardBytes);
    }
    return { paths, weights: tensors.map(({ entry }) => entry) };
  });
  return { json: tfjsJson(weightsManifest), shards };
}

/** A model.json with this manifest, which may be anything. */
export function tfjsJson(weightsManifest: unknown): Buffer {
  const model = { format: 'layers-model', generatedBy: 'test', modelTopology: { class_name: 'Model' }, weightsManifest }; // prettier-ignore
  return Buffer.from(JSON.stringify(model, undefined, 1));
}

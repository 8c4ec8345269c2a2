import { randomBytes } from 'node:crypto';
import { fileSource } from '../bytes/byteSource';
import { readSmallJson } from '../containers/smallJson';
import { readTfjsManifest } from '../containers/tfjsManifest';
import { WeightsError } from '../bytes/weightsError';
import type { PartFile, PartFolder } from './partFolder';
import { tfjsTopology } from './tfjsTopology';
import type { WriteWeights } from './weightToSave';
import { bytesOf } from './weightToSave';

/** Size of a shard, as TensorFlow.js' converter writes: browsers cache it well. */
const shardBytes = 2 ** 22;
/** End of a shard's name, after the model's name. */
const shardName = /^-[0-9a-f]{8}-shard\d+\.bin$/;
const maxJsonBytes = 2 ** 20;

/** Writes model.json, and shards under new names, so that an earlier model stays whole until it is replaced. */
export const writeTfjs: WriteWeights = async (
  weights,
  { folder, name, path, documentId, network },
) => {
  const stem = name.replace(/\.json$/i, '');
  const shards = new Shards(folder, `${stem}-${randomBytes(4).toString('hex')}`);
  for (const weight of weights) await shards.write(bytesOf(await weight.values()));
  const modelTopology = network && tfjsTopology(network);
  const model = {
    format: modelTopology ? 'layers-model' : 'weights',
    generatedBy: 'AlexNet Inspector',
    convertedBy: null,
    ...(modelTopology ? { modelTopology } : {}),
    userDefinedMetadata: { variant: documentId },
    weightsManifest: [
      {
        paths: shards.names,
        weights: weights.map((weight) => ({
          name: weight.name,
          shape: weight.shape,
          dtype: 'float32',
        })),
      },
    ],
  };
  folder.replaces(await ownShards(path, stem));
  const file = await folder.add(name);
  await file.write(Buffer.from(`${JSON.stringify(model, undefined, 1)}\n`));
};

/** Shards of the existing model.json, if their names are of this kind; none where there is no such file. */
async function ownShards(path: string, stem: string): Promise<readonly string[]> {
  try {
    const source = await fileSource(path);
    try {
      const groups = readTfjsManifest(await readSmallJson(source, maxJsonBytes));
      const names = groups.flatMap(({ paths }) => paths);
      return names.filter(
        (name) => name.startsWith(stem) && shardName.test(name.slice(stem.length)),
      );
    } finally {
      await source.close();
    }
  } catch (error) {
    if (error instanceof WeightsError) return [];
    throw error;
  }
}

/** Cuts a stream of bytes into files. */
class Shards {
  readonly names: string[] = [];
  private current: PartFile | undefined;

  constructor(
    private readonly folder: PartFolder,
    private readonly stem: string,
  ) {}

  async write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const shard = this.current ?? (await this.next());
      const part = bytes.subarray(done, done + shardBytes - shard.size);
      await shard.write(part);
      done += part.length;
      this.current = shard.size < shardBytes ? shard : undefined;
    }
  }

  private async next(): Promise<PartFile> {
    const name = `${this.stem}-shard${this.names.length + 1}.bin`;
    this.names.push(name);
    return await this.folder.add(name);
  }
}

import type { ByteSource } from '../bytes/byteSource';
import type { OpenBeside } from '../bytes/openBeside';
import { WeightsError } from '../bytes/weightsError';
import { fieldsOf, readSmallJson } from '../containers/smallJson';
import type { TensorFile, TensorInFile, WeightsFormat } from '../tensors/tensorFile';
import { openPytorch, pytorch } from './pytorch';
import { safetensors } from './safetensors';

/** Bound of an index; one of a thousand tensors has 100 kB. */
export const maxIndexBytes = 2 ** 23;
/** Bound of a set's files. */
const maxShards = 256;

/** Hugging Face's index of a set of safetensors or PyTorch files, which lie in its folder or below. */
export const shardIndex: WeightsFormat = {
  name: 'an index of shards',
  recognises,
  open,
};

async function recognises(source: ByteSource): Promise<boolean> {
  if (source.size > maxIndexBytes) return false;
  const start = new TextDecoder().decode(await source.read(0, Math.min(64, source.size)));
  if (!/^\s*\{\s*"(metadata|weight_map)"\s*:/.test(start)) return false;
  return /"weight_map"\s*:/.test(new TextDecoder().decode(await source.read(0, source.size)));
}

async function open(source: ByteSource, openBeside: OpenBeside): Promise<TensorFile> {
  const places = await readPlaces(source);
  const names = [...new Set(places.values())];
  if (names.length > maxShards)
    throw new WeightsError(`the index names ${names.length} files, at most ${maxShards} are read`);
  const opened: Pick<ByteSource, 'close'>[] = [];
  const close = async (): Promise<void> => {
    for (const shard of opened) await shard.close();
  };
  try {
    const tensors: TensorInFile[] = [];
    for (const name of names) {
      const shard = await openBeside(name, 'its folder or below it');
      opened.push(shard);
      const read = await openShard(name, shard, openBeside);
      // A tensor that two files hold is where the index says.
      tensors.push(...read.filter((tensor) => (places.get(tensor.name) ?? name) === name));
    }
    return { tensors, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The file of each tensor, by its name. */
async function readPlaces(source: ByteSource): Promise<ReadonlyMap<string, string>> {
  const map = fieldsOf(fieldsOf(await readSmallJson(source, maxIndexBytes))?.['weight_map']);
  const entries = Object.entries(map ?? {});
  if (entries.length === 0) throw new WeightsError('the index names no tensors');
  const places = new Map<string, string>();
  for (const [tensor, file] of entries) {
    if (typeof file !== 'string')
      throw new WeightsError(`the index names no file for ${JSON.stringify(tensor)}`);
    places.set(tensor, file);
  }
  return places;
}

async function openShard(
  name: string,
  shard: ByteSource,
  openBeside: OpenBeside,
): Promise<readonly TensorInFile[]> {
  try {
    if (await safetensors.recognises(shard))
      return (await safetensors.open(shard, openBeside)).tensors;
    // What the names of one shard begin with may be a layer's.
    if (await pytorch.recognises(shard)) return (await openPytorch(shard, 'all names')).tensors;
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error;
    throw new WeightsError(`${name}: ${error.message}`, { cause: error });
  }
  throw new WeightsError(`${name} is neither a safetensors file nor one of PyTorch`);
}

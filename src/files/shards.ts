import type { ByteSource } from './bytes/byteSource';
import { findingBeside } from './bytes/findBeside';
import type { OpenBeside } from './bytes/openBeside';
import { WeightsError } from './bytes/weightsError';
import { maxIndexBytes } from './formats/shardIndex';

/** A shard's name, such as `model-00001-of-00002.safetensors`, and that of its index, also of Diffusers' variants such as `fp16`. */
const shardName = /^(.+?)(\.\w+)?-\d{1,5}-of-(\d{1,5})(\.\w+)$/;

/** The index of the set that a file is a shard of, by its name; undefined for any other file. Throws a WeightsError where it is not beside it. */
export async function indexOfShard(
  name: string,
  openBeside: OpenBeside,
): Promise<ByteSource | undefined> {
  const [, stem = '', variant = '', count, ending = ''] = shardName.exec(name) ?? [];
  if (Number(count ?? 1) === 1) return undefined;
  const usual = `${stem}${variant}${ending}.index.json`;
  const findBeside = findingBeside(openBeside);
  for (const index of [usual, `${stem}${ending}.index${variant}.json`]) {
    const source = await findBeside(index);
    if (source && (await namesFile(source, name))) return source;
    await source?.close();
  }
  throw new WeightsError(`is one of ${Number(count)} shards: needs the file "${usual}" beside it`);
}

async function namesFile(index: ByteSource, name: string): Promise<boolean> {
  if (index.size > maxIndexBytes) return false;
  const text = new TextDecoder().decode(await index.read(0, index.size));
  return text.includes(JSON.stringify(name));
}

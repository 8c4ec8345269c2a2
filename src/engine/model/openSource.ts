import { basename } from 'node:path';
import type { ByteSource } from '../../files/bytes/byteSource';
import { bytesSource, fileSource } from '../../files/bytes/byteSource';
import type { OpenBeside } from '../../files/bytes/openBeside';
import { besideFile, nothingBeside } from '../../files/bytes/openBeside';
import { indexOfShard } from '../../files/shards';
import type { FilePlace } from '../../protocol/modelCalls';

/** A file that was opened, and the way to those in its folder. */
export interface OpenedSource {
  readonly bytes: ByteSource;
  readonly beside: OpenBeside;
}

/** Opens what weights are read from, the whole set where the file is a shard; throws a WeightsError where there is no such file. */
export async function openSource(at: FilePlace): Promise<OpenedSource> {
  if ('bytes' in at) return { bytes: bytesSource(at.bytes), beside: nothingBeside };
  const { path } = at;
  const beside = besideFile(path);
  const index = await indexOfShard(basename(path), beside);
  return { bytes: index ?? (await fileSource(path)), beside };
}

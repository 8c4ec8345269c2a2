import { basename } from 'node:path';
import type { ByteSource } from '../../files/bytes/byteSource';
import { bytesSource, fileSource } from '../../files/bytes/byteSource';
import type { OpenBeside } from '../../files/bytes/openBeside';
import { besideFile, nothingBeside } from '../../files/bytes/openBeside';
import { indexOfShard } from '../../files/shards';
import type { WeightsSource } from '../../protocol/engineProtocol';

/** A file that was opened, and the way to those in its folder. */
export interface OpenedSource {
  readonly bytes: ByteSource;
  readonly beside: OpenBeside;
}

/** Opens what weights are read from, the whole set where the file is a shard; throws a WeightsError where there is no such file. */
export async function openSource(
  source: Extract<WeightsSource, { kind: 'file' | 'bytes' }>,
): Promise<OpenedSource> {
  if (source.kind === 'bytes') return { bytes: bytesSource(source.bytes), beside: nothingBeside };
  const { path } = source;
  const beside = besideFile(path);
  const index = await indexOfShard(basename(path), beside);
  return { bytes: index ?? (await fileSource(path)), beside };
}

import { joinedSource } from '../bytes/sliceSource';
import type { ByteSource } from '../bytes/byteSource';
import type { OpenBeside } from '../bytes/openBeside';
import { WeightsError } from '../bytes/weightsError';
import type { TfjsEntry, TfjsGroup } from './tfjsManifest';

/** Where the bytes of a tensor of a manifest are. */
export interface PlacedEntry {
  readonly entry: TfjsEntry;
  readonly source: ByteSource;
  /** In bytes from the source's start. */
  readonly offset: number;
}

/** The tensors of a manifest in the files beside it. */
export interface TfjsShards {
  readonly placed: readonly PlacedEntry[];
  close(): Promise<void>;
}

/** Opens the shards of a manifest; throws a WeightsError where one is missing or has other bytes than its tensors take. */
export async function openTfjsShards(
  groups: readonly TfjsGroup[],
  openBeside: OpenBeside,
): Promise<TfjsShards> {
  const opened: ByteSource[] = [];
  const close = async (): Promise<void> => {
    for (const shard of opened) await shard.close();
  };
  try {
    const placed: PlacedEntry[] = [];
    for (const { paths, entries } of groups) {
      const shards: ByteSource[] = [];
      for (const path of paths) {
        const shard = await openBeside(path);
        shards.push(shard);
        opened.push(shard);
      }
      placed.push(...placedIn(joinedSource(shards), entries));
    }
    return { placed, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The tensors of a group, which are back to back and fill its files exactly. */
function placedIn(source: ByteSource, entries: readonly TfjsEntry[]): readonly PlacedEntry[] {
  const total = entries.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (total !== source.size) {
    const names = entries.length === 1 ? '' : ` to ${entries.at(-1)?.name ?? 'none'}`;
    throw new WeightsError(
      `${entries[0]?.name ?? 'nothing'}${names} takes ${total} bytes, its files have ${source.size}`,
    );
  }
  let end = 0;
  return entries.map((entry) => {
    const offset = end;
    end += entry.byteLength;
    return { entry, source, offset };
  });
}

import { mutate } from '../mutate';

/** A whole file that is broken in many ways. */
export interface Original {
  readonly name: string;
  readonly bytes: () => Uint8Array | Promise<Uint8Array>;
  /** Files beside it, by name. */
  readonly beside?: Readonly<Record<string, Uint8Array>>;
  /** Puts what was broken into a container that is as it should be, or makes its checksums right, for half of the seeds. */
  readonly repaired?: (bytes: Uint8Array) => Uint8Array;
}

/** Files of one format. */
export interface Family {
  readonly kind: 'picture' | 'weights' | 'model';
  readonly originals: readonly Original[];
}

/** What a seed breaks, and how it looks then. */
export interface BrokenFile {
  readonly original: Original;
  readonly bytes: Uint8Array;
}

/** The broken file of a seed: seeds go through the originals in turns. */
export async function brokenFile({ originals }: Family, seed: number): Promise<BrokenFile> {
  const original = originals[seed % originals.length];
  if (!original) throw new Error('the family has no files');
  const turn = Math.floor(seed / originals.length);
  return { original, bytes: await brokenCopy(original, seed, turn % 2 === 1) };
}

/** A copy of one file, broken by a seed. */
export async function brokenCopy(
  { bytes, repaired }: Original,
  seed: number,
  isRepaired = false,
): Promise<Uint8Array> {
  const broken = mutate(await bytes(), seed);
  return isRepaired && repaired ? repaired(broken) : broken;
}

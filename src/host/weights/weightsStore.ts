import { existsSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogueEntry } from '../../library/catalogue';

/** Where downloaded weights lie, each under its checksum's name: a file of that name is complete and was checked. */
export class WeightsStore {
  /** `folder` is in the extension's global storage. */
  constructor(readonly folder: string) {}

  path({ checksum: { kind, hex } }: CatalogueEntry): string {
    return join(this.folder, `${kind}-${hex}`);
  }

  /** What has arrived of a set so far. */
  partPath(entry: CatalogueEntry): string {
    return `${this.path(entry)}.part`;
  }

  lockPath(entry: CatalogueEntry): string {
    return `${this.path(entry)}.lock`;
  }

  has(entry: CatalogueEntry): boolean {
    return existsSync(this.path(entry));
  }

  /** What a set takes on the disk, complete or not. */
  async bytes(entry: CatalogueEntry): Promise<number> {
    return (await sizeOf(this.path(entry))) + (await sizeOf(this.partPath(entry)));
  }

  async remove(entry: CatalogueEntry): Promise<void> {
    for (const path of [this.path(entry), this.partPath(entry)]) await rm(path, { force: true });
  }
}

/** 0 where there is no such file. */
export async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

import { existsSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogueEntry } from '../../library/catalogue';

/** Where downloaded weights lie, each under its checksum's name: a file of that name is complete and was checked. */
export class WeightsStore {
  /** `folder` is in the extension's global storage, `shippedFolder` in the extension. */
  constructor(
    readonly folder: string,
    private readonly shippedFolder: string,
  ) {}

  path({ checksum: { kind, hex }, shipped }: CatalogueEntry): string {
    if (shipped !== undefined) return join(this.shippedFolder, shipped);
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

  /** Whether any of a download is there, complete or not. */
  hasPart(entry: CatalogueEntry): boolean {
    if (entry.shipped !== undefined) return false;
    return this.has(entry) || existsSync(this.partPath(entry));
  }

  /** What a download takes on the disk, complete or not. */
  async bytes(entry: CatalogueEntry): Promise<number> {
    if (entry.shipped !== undefined) return 0;
    return (await sizeOf(this.path(entry))) + (await sizeOf(this.partPath(entry)));
  }

  async remove(entry: CatalogueEntry): Promise<void> {
    if (entry.shipped !== undefined) throw new Error(`${entry.name} comes with the extension`);
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

import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pieceBytes } from '../bytes/byteSource';

/** A file that is being written. */
export interface PartFile {
  readonly size: number;
  write(bytes: Uint8Array): Promise<void>;
}

/** The part of node:fs' FileHandle that is used; tests replace it by a disk that fails. */
export type OpenFile = (path: string) => Promise<Pick<FileHandle, 'write' | 'sync' | 'close'>>;

/** Writes files to a temporary folder beside their place, and moves them only when all are on disk. */
export class PartFolder {
  private readonly names: string[] = [];
  private readonly replaced: string[] = [];
  private readonly files: Awaited<ReturnType<OpenFile>>[] = [];

  private constructor(
    private readonly path: string,
    private readonly signal: AbortSignal,
    private readonly openFile: OpenFile,
  ) {}

  static async create(
    path: string,
    signal: AbortSignal,
    openFile: OpenFile = (file) => open(file, 'wx'),
  ): Promise<PartFolder> {
    await mkdir(path);
    return new PartFolder(path, signal, openFile);
  }

  async add(name: string): Promise<PartFile> {
    const file = await this.openFile(join(this.path, name));
    this.names.push(name);
    this.files.push(file);
    const written = { size: 0, write: (bytes: Uint8Array) => write(bytes) };
    const write = async (bytes: Uint8Array): Promise<void> => {
      for (let done = 0; done < bytes.length;) {
        this.signal.throwIfAborted();
        const piece = bytes.subarray(done, done + pieceBytes);
        done += (await file.write(piece)).bytesWritten;
      }
      written.size += bytes.length;
    };
    return written;
  }

  /** Names of files to delete once all files have been moved. */
  replaces(names: readonly string[]): void {
    this.replaced.push(...names);
  }

  /** Moves all files to a folder, the last added last, as it refers to the others. */
  async moveTo(folder: string): Promise<void> {
    for (const file of this.files) await file.sync();
    await this.close();
    this.signal.throwIfAborted();
    const moved: string[] = [];
    try {
      for (const name of this.names) {
        await rename(join(this.path, name), join(folder, name));
        moved.push(name);
      }
    } catch (error) {
      for (const name of moved) await rm(join(folder, name), { force: true });
      throw error;
    }
    for (const name of this.replaced) await rm(join(folder, name), { force: true });
  }

  /** Deletes what has not been moved. */
  async remove(): Promise<void> {
    await this.close();
    await rm(this.path, { recursive: true, force: true });
  }

  private async close(): Promise<void> {
    for (const file of this.files.splice(0)) await file.close();
  }
}

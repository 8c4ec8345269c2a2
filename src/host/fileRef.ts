import type { FilePlace } from '../protocol/modelCalls';

/** A file that a person named, wherever it lies: who made this knows how to read it. */
export interface FileRef {
  /** Equal for the same file; kept over restarts. */
  readonly uri: string;
  /** The last part of its path, for messages. */
  readonly name: string;
  /** Its path as a person would say it, relative to the workspace where it can be. */
  readonly label: string;
  /** Its path on this machine's disks; undefined where it lies elsewhere. */
  readonly path: string | undefined;
  /** Its size in bytes. Rejects where it is missing or a folder, with its name in front. */
  size(): Promise<number>;
  read(): Promise<Uint8Array>;
}

/** Where the file of an address is now; undefined where it is not among those that were renamed or moved. */
export type Moved = (uri: string) => FileRef | undefined;

/** What the engine reads of one file at most, in bytes; four times AlexNet in float32. */
const mostBytes = 2 ** 30;

/**
 * Where the engine finds a file: one that lies on no disk of this machine is sent to it whole. Throws for one that is too
 * large; `are` says what is done with smaller ones, such as `models of up to 1024 MB are opened`.
 */
export async function filePlace(file: FileRef, are: (most: string) => string): Promise<FilePlace> {
  const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;
  const size = await file.size();
  if (size > mostBytes)
    throw new Error(`${file.name} has ${megabytes(size)}; ${are(megabytes(mostBytes))}`);
  return file.path === undefined ? { bytes: await file.read() } : { path: file.path };
}

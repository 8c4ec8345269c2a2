import { FileMemory, type Memory } from '../fileMemory';
import type { FileRef } from '../fileRef';

/** What a person said of a file of weights that leaves it open. */
export interface FileAnswer {
  /** The key of the set that is meant. */
  readonly set?: string;
  /** Which of the networks that it fits it is for. */
  readonly network?: string;
}

/** What a person said of files of weights. */
export class FileAnswers extends FileMemory<FileAnswer> {
  constructor(memory: Memory, stampOf: (file: FileRef) => Promise<string | undefined>) {
    super({ memory, stampOf, key: 'alexnet.fileAnswers', read: readAnswer });
  }
}

function readAnswer({ set, network }: Readonly<Record<string, unknown>>): FileAnswer | undefined {
  if (!isText(set) || !isText(network)) return undefined;
  return { ...(set !== undefined && { set }), ...(network !== undefined && { network }) };
}

function isText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

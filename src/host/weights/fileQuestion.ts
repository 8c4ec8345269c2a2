import type { FileRef } from '../fileRef';
import type { FileAnswer } from './fileAnswers';

/** What a person is asked about a file of weights. */
export interface FileQuestion {
  readonly about: 'set' | 'network';
  /** The file's name. */
  readonly file: string;
  /** The one that counts where nobody answers first, if there is one. */
  readonly choices: readonly FileChoice[];
}

export interface FileChoice {
  readonly id: string;
  readonly label: string;
  /** Empty, or that it counts where nobody answers. */
  readonly description: string;
  readonly detail: string;
}

/** Asks a person; undefined where that person thinks better of it. */
export type AskAboutFile = (
  question: FileQuestion,
  signal: AbortSignal,
) => Promise<string | undefined>;

/** A file about which there may be questions, and who answers them. */
export interface Settling {
  readonly file: FileRef;
  readonly kept: FileAnswer;
  readonly ask: AskAboutFile | undefined;
  readonly signal: AbortSignal;
}

/** An answer, and who gave it. */
export interface Answer<T> {
  readonly value: T;
  readonly by: 'person' | 'memory' | 'nobody';
}

interface Asked {
  readonly about: FileQuestion['about'];
  readonly choices: readonly FileChoice[];
  readonly kept: string | undefined;
}

/** The id of the choice: what was kept, else what a person says, else the first. Nobody is asked where there is one alone. */
export async function answered(
  { file, ask, signal }: Settling,
  { about, choices, kept }: Asked,
): Promise<Answer<string | undefined>> {
  const usual = { value: choices[0]?.id, by: 'nobody' } as const;
  if (choices.length < 2) return usual;
  if (choices.some(({ id }) => id === kept)) return { value: kept, by: 'memory' };
  const said = await ask?.({ about, file: file.name, choices }, signal);
  signal.throwIfAborted();
  return said === undefined ? usual : { value: said, by: 'person' };
}

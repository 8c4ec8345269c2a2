import type { ModelDocument } from '../../network/modelDocument';
import type { ChosenReading, OpenQuestions, ReadableAs } from '../../protocol/engineProtocol';
import type { Documents } from '../documents';
import type { FileRef } from '../fileRef';
import { FileAnswers, type FileAnswer } from './fileAnswers';
import { FileNetworks } from './fileNetworks';
import {
  answered,
  type Answer,
  type AskAboutFile,
  type FileChoice,
  type Settling,
} from './fileQuestion';

/** How a file of weights is read. */
export interface SettledReading {
  readonly documentId: string;
  /** Where none of the documents has its classes, the one that does. */
  readonly document?: ModelDocument;
  readonly chosen: ChosenReading;
  /** What a person should know of it; whole sentences. */
  readonly remarks: readonly string[];
}

/** What is kept of files of weights. */
export interface FileMemories {
  readonly answers: FileAnswers;
  readonly networks: FileNetworks;
}

/** Settles what files of weights leave open: by what a person said before, says now, or by what is usual. */
export class FileReadings {
  readonly answers: FileAnswers;
  readonly networks: FileNetworks;

  constructor(
    private readonly documents: Pick<Documents, 'get'>,
    { answers, networks }: FileMemories,
  ) {
    this.answers = answers;
    this.networks = networks;
  }

  /** Throws where a file holds several sets, none of which is usual, and nobody says which. */
  async settle(
    file: FileRef,
    open: OpenQuestions,
    signal: AbortSignal,
    ask?: AskAboutFile,
  ): Promise<SettledReading> {
    const settling = { file, kept: (await this.answers.of(file)) ?? {}, ask, signal };
    const set = await this.setOf(settling, open);
    const fit = await this.fitOf(settling, set.value.fits);
    const answer = {
      ...(set.by !== 'nobody' && { set: set.value.key }),
      ...(fit.by !== 'nobody' && { network: idOf(fit.value) }),
    };
    if (set.by === 'person' || fit.by === 'person') await this.answers.keep(file, answer);
    const { documentId, classes } = fit.value;
    const base = this.documents.get(documentId);
    const document = classes && this.networks.documentFor(file, base, classes);
    const isOpen = fit.by === 'nobody' && !document;
    return {
      documentId: document?.id ?? documentId,
      ...(document && { document }),
      chosen: {
        ...(set.by !== 'nobody' && { set: set.value.key }),
        isForDocument: !isOpen,
      },
      remarks: [
        ...(set.by === 'memory' || fit.by === 'memory'
          ? [`It is read ${this.readingWords(answer, fit.value)}, as you chose for this file.`]
          : []),
        ...(fit.by === 'nobody' && document ? this.alsoFits(set.value.fits) : []),
        ...(classes?.remark === undefined ? [] : [classes.remark]),
      ],
    };
  }

  /** What was chosen of a file that is loaded once more. */
  async chosenOf(file: FileRef): Promise<ChosenReading> {
    const set = (await this.answers.of(file))?.set;
    return { ...(set !== undefined && { set }), isForDocument: true };
  }

  private async setOf(
    settling: Settling,
    { sets, usual }: OpenQuestions,
  ): Promise<Answer<OpenQuestions['sets'][number]>> {
    const sorted = [...sets].sort((a, b) => Number(b.key === usual) - Number(a.key === usual));
    const choices = sorted.map(({ key, fits }): FileChoice => {
      const description = key === usual ? 'read where nobody says' : '';
      return { id: key, label: key || 'the file itself', description, detail: this.fitWords(fits) };
    });
    const { kept } = settling;
    const by = await answered(settling, { about: 'set', choices, kept: kept.set });
    const value = sorted.find(({ key }) => key === by.value);
    if (value && (by.by !== 'nobody' || usual !== undefined || sets.length === 1))
      return { value, by: by.by };
    const keys = sorted.map(({ key }) => key).join(', ');
    throw new Error(
      `${settling.file.name} holds several complete sets of weights, under ${keys}: load it by a command and choose one`,
    );
  }

  private async fitOf(
    settling: Settling,
    fits: readonly ReadableAs[],
  ): Promise<Answer<ReadableAs>> {
    const choices = fits.map((fit, at): FileChoice => {
      const { description: detail } = this.documents.get(fit.documentId);
      const description = at === 0 ? 'read where nobody says' : '';
      return { id: idOf(fit), label: this.title(fit), description, detail };
    });
    const { kept } = settling;
    const by = await answered(settling, { about: 'network', choices, kept: kept.network });
    const value = fits.find((fit) => idOf(fit) === by.value);
    if (!value) throw new Error(`${settling.file.name} fits no network`);
    return { value, by: by.by };
  }

  private readingWords({ set, network }: FileAnswer, fit: ReadableAs): string {
    const from = set === undefined ? [] : [`from ${set}`];
    return [...from, ...(network === undefined ? [] : [`for ${this.title(fit)}`])].join(' ');
  }

  private alsoFits([first, ...others]: readonly ReadableAs[]): readonly string[] {
    if (!first || others.length === 0) return [];
    return [`It is read for ${this.title(first)}, and fits ${this.fitWords(others)} as well.`];
  }

  private fitWords(fits: readonly ReadableAs[]): string {
    return fits.map((fit) => this.title(fit)).join(', ');
  }

  private title({ documentId, classes }: ReadableAs): string {
    const { title } = this.documents.get(documentId);
    return classes ? `${title} with ${classes.count} classes` : title;
  }
}

function idOf({ documentId, classes }: ReadableAs): string {
  return classes ? `${documentId}/${classes.count}` : documentId;
}

/** For a window that keeps nothing. */
export function readingsOfWindow(documents: Pick<Documents, 'get' | 'has'>): FileReadings {
  const kept = new Map<string, unknown>();
  const memory = {
    get: (key: string) => kept.get(key),
    update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
  };
  const answers = new FileAnswers(memory, () => Promise.resolve(''));
  const baseOf = (id: string) => (documents.has(id) ? documents.get(id) : undefined);
  return new FileReadings(documents, { answers, networks: new FileNetworks(memory, baseOf) });
}

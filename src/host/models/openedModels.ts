import type { ClassLabels, ModelDocument } from '../../network/modelDocument';
import type { PreprocessParts } from '../../network/preprocess/changedParts';
import type { OpenedModel, PictureSize } from '../../protocol/modelCalls';
import type { Documents } from '../documents';
import { Emitter } from '../emitter';
import type { EngineClient } from '../engine/engineClient';
import { labelled } from '../errors';
import { filePlace, type FileRef } from '../fileRef';
import { log } from '../log';
import { keptParts } from '../session/preprocessChoices';
import type { WeightsChoice } from '../weights/weightsChoice';
import { labelsOf, type ChosenLabels } from './chosenLabels';
import type { ModelAnswer, ModelAnswers } from './modelAnswers';

/** A model as its file has it, and what a person said of it since. */
interface Opened {
  readonly file: FileRef;
  readonly asRead: ModelDocument;
  readonly answer: ModelAnswer;
  /** The same object until the file is read anew. */
  readonly weights: WeightsChoice;
}

/**
 * The models of a window that were read from files. They are documents like any other, and begin with their own weights;
 * what a person chooses in place of what the file says is kept for that file.
 */
export class OpenedModels {
  private readonly opened = new Map<string, Opened>();
  private readonly resized = new Emitter<string>();

  /** A model is to be read anew, by its address: with pictures of another size. */
  readonly onDidResize = this.resized.event;

  constructor(
    private readonly documents: Pick<Documents, 'add' | 'remove'>,
    private readonly answers: ModelAnswers,
  ) {}

  /** The weights in a model's own file; undefined for a document that was not read from one. */
  choiceOf(documentId: string): WeightsChoice | undefined {
    return this.opened.get(documentId)?.weights;
  }

  /** Has the engine read a model, in its own process; nothing is added where that fails, and the error names the file. */
  async open(
    file: FileRef,
    engine: Pick<EngineClient, 'callFirst'>,
    signal: AbortSignal,
  ): Promise<OpenedModel> {
    const { uri, name } = file;
    const at = await filePlace(file, (most) => `models of up to ${most} are opened`);
    const answer = (await this.answers.of(file)) ?? {};
    signal.throwIfAborted();
    const { size } = answer;
    const params = { id: uri, name, uri, at, ...(size && { size }) };
    const read = await engine.callFirst('readModel', params, { signal }).catch((error: unknown) => {
      throw labelled(name, error);
    });
    const weights = { kind: 'file', file, isModel: true } as const;
    const opened = { file, asRead: read.document, answer: sound(read.document, answer), weights };
    this.opened.set(uri, opened);
    return { ...read, document: this.show(opened) };
  }

  close(documentId: string): void {
    if (this.opened.delete(documentId)) this.documents.remove(documentId);
  }

  /** The labels that a model's file says, and what was chosen in their place; undefined for a document that was not read from a file. */
  labelsOf(
    documentId: string,
  ): { readonly own: ClassLabels; readonly chosen: ChosenLabels | undefined } | undefined {
    const opened = this.opened.get(documentId);
    return opened && { own: opened.asRead.labels, chosen: opened.answer.labels };
  }

  /** Throws in a sentence where they are more or fewer than the classes; undefined goes back to the file's own. */
  async chooseLabels(documentId: string, labels: ChosenLabels | undefined): Promise<void> {
    const { asRead } = this.get(documentId);
    if (labels) labelsOf(labels, asRead.labels.names.length);
    this.show(await this.say(documentId, { labels }));
  }

  /** The parts of the preprocessing that a person set; undefined for a document that was not read from a file. */
  partsOf(documentId: string): PreprocessParts | undefined {
    const opened = this.opened.get(documentId);
    return opened && (opened.answer.preprocess ?? {});
  }

  async keepParts(documentId: string, preprocess: PreprocessParts): Promise<void> {
    await this.say(documentId, { preprocess });
  }

  /** Has a model that leaves the size of its pictures open be read with this one. */
  async resize(documentId: string, size: PictureSize): Promise<void> {
    await this.say(documentId, { size });
    this.resized.fire(documentId);
  }

  dispose(): void {
    this.resized.dispose();
  }

  /** In use at once, and kept. */
  private async say(
    documentId: string,
    change: { readonly [K in keyof ModelAnswer]: ModelAnswer[K] | undefined },
  ): Promise<Opened> {
    const opened = this.get(documentId);
    const entries = Object.entries({ ...opened.answer, ...change });
    const answer: ModelAnswer = Object.fromEntries(
      entries.filter(([, said]) => said !== undefined),
    );
    const said = { ...opened, answer };
    this.opened.set(documentId, said);
    await this.answers.keep(opened.file, answer);
    return said;
  }

  private show({ asRead, answer: { labels } }: Opened): ModelDocument {
    const document = labels
      ? { ...asRead, labels: labelsOf(labels, asRead.labels.names.length) }
      : asRead;
    this.documents.add(document);
    return document;
  }

  private get(documentId: string): Opened {
    const opened = this.opened.get(documentId);
    if (opened) return opened;
    throw new Error('the network that is shown was not opened from a file; open a model first');
  }
}

/** What was said of a model and still makes sense; the log says what does not. */
function sound(document: ModelDocument, { labels, preprocess, size }: ModelAnswer): ModelAnswer {
  const warn = (why: string): void => log.warn(`${document.title}: ${why}`);
  const parts = preprocess && keptParts(document, preprocess, warn);
  return {
    ...(labels && fits(labels, document, warn) && { labels }),
    ...(parts && { preprocess: parts }),
    ...(size && { size }),
  };
}

function fits(
  labels: ChosenLabels,
  { labels: own }: ModelDocument,
  warn: (why: string) => void,
): boolean {
  try {
    labelsOf(labels, own.names.length);
    return true;
  } catch (error) {
    warn(`the labels kept for it are left out: ${String(error)}`);
    return false;
  }
}

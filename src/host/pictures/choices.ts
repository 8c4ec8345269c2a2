import type { RunView } from '../../protocol/panelProtocol';
import type { FileRef } from '../fileRef';
import type { PreprocessChoices } from '../session/preprocessChoices';
import type { TaskContext } from '../task/task';
import type { ClassifyOptions, Session, SessionRun } from '../session/session';

/** What a person wants pictures to be classified with: each part is the same object or text until another is chosen. */
export type Wish = readonly unknown[];

/** The network, the weights and the preparation that are chosen now. */
export class Choices {
  constructor(
    private readonly session: Session,
    private readonly preprocessing: PreprocessChoices,
  ) {}

  /** Equal where a run would give the same. A load of a file changes it: the file may have changed. */
  get key(): string {
    const { documentId, weightsId, documents } = this.session;
    const { settings: preprocess } = this.preprocessing.of(documentId);
    const version = documents.versionOf(documentId);
    return keyOf({ documentId, version, weightsId, preprocess });
  }

  /** Unlike the key, it stays when the engine loads the weights that were chosen. */
  get wish(): Wish {
    const { documentId, document, weightsChoice } = this.session;
    return [
      documentId,
      document.network,
      weightsChoice,
      JSON.stringify(this.preprocessing.parts(documentId)),
    ];
  }

  /** Runs a picture with what is chosen. */
  classify(
    file: FileRef,
    task: TaskContext,
    { passing = false }: Pick<ClassifyOptions, 'passing'> = {},
  ): Promise<SessionRun> {
    const preprocess = (documentId: string) => this.preprocessing.parts(documentId);
    return this.session.classify(file, task, { passing, preprocess });
  }

  /** What a script's run counts as: a preparation of its own stands for the chosen one. */
  keyFor({ view, weightsId, version }: SessionRun): string {
    const { documentId } = view;
    const { session } = this;
    const isOfThese =
      documentId === session.documentId &&
      weightsId === session.weightsId &&
      version === session.documents.versionOf(documentId);
    return isOfThese ? this.key : keyOf({ ...view, version, weightsId });
  }
}

export function keyOf({
  documentId,
  version,
  weightsId,
  preprocess,
}: Pick<RunView, 'documentId' | 'preprocess'> & Pick<SessionRun, 'version' | 'weightsId'>): string {
  return JSON.stringify([documentId, version, weightsId, preprocess]);
}

export function isSameWish(a: Wish | undefined, b: Wish | undefined): boolean {
  return a !== undefined && b !== undefined && a.every((part, index) => part === b[index]);
}

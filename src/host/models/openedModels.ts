import type { OpenedModel } from '../../protocol/modelCalls';
import type { Documents } from '../documents';
import type { EngineClient } from '../engine/engineClient';
import { labelled } from '../errors';
import { filePlace, type FileRef } from '../fileRef';
import type { WeightsChoice } from '../weights/weightsChoice';

/** The models of a window that were read from files. They are documents like any other, and begin with their own weights. */
export class OpenedModels {
  /** The same object until a file is read anew. */
  private readonly choices = new Map<string, WeightsChoice>();

  constructor(private readonly documents: Pick<Documents, 'add' | 'remove'>) {}

  /** The weights in a model's own file; undefined for a document that was not read from one. */
  choiceOf(documentId: string): WeightsChoice | undefined {
    return this.choices.get(documentId);
  }

  /** Has the engine read a model, in its own process; nothing is added where that fails, and the error names the file. */
  async open(
    file: FileRef,
    engine: Pick<EngineClient, 'callFirst'>,
    signal: AbortSignal,
  ): Promise<OpenedModel> {
    const { uri, name } = file;
    const at = await filePlace(file, (most) => `models of up to ${most} are opened`);
    signal.throwIfAborted();
    const params = { id: uri, name, uri, at };
    const opened = await engine
      .callFirst('readModel', params, { signal })
      .catch((error: unknown) => {
        throw labelled(name, error);
      });
    this.choices.set(uri, { kind: 'file', file, isModel: true });
    this.documents.add(opened.document);
    return opened;
  }

  close(documentId: string): void {
    if (this.choices.delete(documentId)) this.documents.remove(documentId);
  }
}

import type { ModelDocument } from '../../network/modelDocument';
import { EngineError } from '../runtime/engineError';

/** Every document that the host has sent, by id. */
export class KnownDocuments {
  private readonly byId = new Map<string, ModelDocument>();

  add(document: ModelDocument): void {
    this.byId.set(document.id, document);
  }

  get(id: string): ModelDocument {
    const document = this.byId.get(id);
    if (document) return document;
    throw new EngineError(`document ${JSON.stringify(id)} was never opened`);
  }

  /** All of them, that of `id` first. */
  from(id: string): readonly [ModelDocument, ...ModelDocument[]] {
    const first = this.get(id);
    return [first, ...[...this.byId.values()].filter((each) => each !== first)];
  }
}

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

  /** Those that a file of weights may be for: that of `id`, then all but models of files, whose weights lie with them. */
  from(id: string): readonly [ModelDocument, ...ModelDocument[]] {
    const first = this.get(id);
    const isModel = ({ origin }: ModelDocument): boolean =>
      origin.kind === 'file' && origin.base === undefined;
    const others = [...this.byId.values()].filter((each) => !isModel(each));
    return [first, ...others.filter((each) => each !== first)];
  }
}

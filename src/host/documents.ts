import type { ModelDocument } from '../network/modelDocument';
import type { PageDocument } from '../protocol/panelProtocol';
import { Emitter } from './emitter';

/** The documents of a window: those of the library, and what a person opened. */
export class Documents {
  private readonly byId = new Map<string, ModelDocument>();
  private readonly changed = new Emitter<void>();

  /** A document was added or removed. */
  readonly onDidChange = this.changed.event;

  constructor(documents: readonly ModelDocument[]) {
    for (const document of documents) this.byId.set(document.id, document);
  }

  get all(): readonly ModelDocument[] {
    return [...this.byId.values()];
  }

  /** The same as the page needs them. */
  get pages(): readonly PageDocument[] {
    return this.all.map(pageDocument);
  }

  has(id: unknown): id is string {
    return typeof id === 'string' && this.byId.has(id);
  }

  /** The document of that id; throws and lists the ids where there is none. */
  get(id: unknown): ModelDocument {
    const document = typeof id === 'string' ? this.byId.get(id) : undefined;
    if (document) return document;
    const ids = [...this.byId.keys()].join(', ');
    throw new Error(`there is no variant ${JSON.stringify(id)}; there are ${ids}`);
  }

  add(document: ModelDocument): void {
    this.byId.set(document.id, document);
    this.changed.fire();
  }

  remove(id: string): void {
    if (this.byId.delete(id)) this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}

function pageDocument(document: ModelDocument): PageDocument {
  const { id, title, description, origin, network, preprocess, reasons } = document;
  return { id, title, description, origin, network, preprocess, reasons };
}

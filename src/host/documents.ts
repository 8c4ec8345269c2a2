import { mayBeImageNet } from '../library/imageNetLabels';
import { labelsWords } from '../network/classLabels';
import type { ModelDocument } from '../network/modelDocument';
import type { PageDocument, PageLabels } from '../protocol/panelProtocol';
import { Emitter } from './emitter';

/** The documents of a window: those of the library, and what a person opened. */
export class Documents {
  private readonly byId = new Map<string, ModelDocument>();
  private readonly versions = new Map<string, number>();
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
    return this.all.map((document) => pageDocument(document, this.versionOf(document.id)));
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

  /** Changes whenever another document takes the place of the one of this id. */
  versionOf(id: string): number {
    return this.versions.get(id) ?? 0;
  }

  add(document: ModelDocument): void {
    this.byId.set(document.id, document);
    this.versions.set(document.id, this.versionOf(document.id) + 1);
    this.changed.fire();
  }

  remove(id: string): void {
    if (this.byId.delete(id)) this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}

function pageDocument(document: ModelDocument, version: number): PageDocument {
  const { torchModules: _, ...rest } = document;
  return { ...rest, version, labels: pageLabels(document) };
}

function pageLabels({ labels, origin }: ModelDocument): PageLabels {
  const count = labels.names.length;
  const from = labelsWords(labels);
  const isOpened = origin.kind === 'file' && origin.base === undefined;
  if (!isOpened || count === 0) return { from, count };
  const offer = labels.from === 'numbers' && mayBeImageNet(count) ? 'imageNet' : 'any';
  return { from, count, offer };
}

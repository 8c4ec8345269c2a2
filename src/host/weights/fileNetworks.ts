import { createHash } from 'node:crypto';
import { numberedLabels } from '../../network/classLabels';
import { withClassCount } from '../../network/classCount';
import type { ClassLabels, ModelDocument } from '../../network/modelDocument';
import type { ReadableAs } from '../../protocol/engineProtocol';
import type { FileRef } from '../fileRef';
import { log } from '../log';
import type { Memory } from '../fileMemory';

const key = 'alexnet.fileNetworks';

/** A network that a file of weights needs: another's layers with other classes. */
interface FileNetwork {
  /** The id of the document that has the same layers. */
  readonly base: string;
  readonly uri: string;
  readonly name: string;
  readonly labels: ClassLabels;
}

/** The networks that a person's files of weights needed, which know other classes than those of the library; kept for a workspace. */
export class FileNetworks {
  constructor(
    private readonly memory: Memory,
    /** The documents that come with the extension, by id. */
    private readonly baseOf: (id: string) => ModelDocument | undefined,
  ) {}

  /** All that were kept; what makes no sense is left out, and the log says why. */
  list(): readonly ModelDocument[] {
    const kept = this.memory.get(key);
    if (!Array.isArray(kept)) return [];
    return kept.flatMap((value: unknown) => {
      const network = checked(value);
      const base = network && this.baseOf(network.base);
      const document = base && documentOf(base, network);
      if (!document) log.warn(`networks of files: ${JSON.stringify(value)} is left out`);
      return document ? [document] : [];
    });
  }

  /** The network that a file needs; throws where its layers have no such classes. */
  documentFor(
    { uri, name }: FileRef,
    base: ModelDocument,
    { count, labels = numberedLabels(count) }: NonNullable<ReadableAs['classes']>,
  ): ModelDocument {
    const document = documentOf(base, { base: base.id, uri, name, labels });
    if (document) return document;
    throw new Error(`${base.title} cannot have ${count} classes: they come from no dense layer`);
  }

  async keep(document: ModelDocument): Promise<void> {
    const { origin, labels } = document;
    if (origin.kind !== 'file' || origin.base === undefined) return;
    const { base, uri, name } = origin;
    const others = this.list().filter(({ id }) => id !== document.id);
    await this.write([...others.map(networkOf), { base, uri, name, labels }]);
  }

  async forget(id: string): Promise<void> {
    await this.write(this.list().flatMap((each) => (each.id === id ? [] : [networkOf(each)])));
  }

  private async write(networks: readonly FileNetwork[]): Promise<void> {
    await this.memory.update(key, networks);
  }
}

/** A document of `base`'s layers whose last dense layer has a unit for each class of a file; the same id for the same file and count. */
function documentOf(base: ModelDocument, network: FileNetwork): ModelDocument | undefined {
  const { uri, name, labels } = network;
  const count = labels.names.length;
  const own = withClassCount(base.network, count);
  if (!own) return undefined;
  const id = `file-${createHash('sha256').update(`${uri} ${base.id} ${count}`).digest('hex').slice(0, 12)}`;
  const title = `${base.title}, ${count} classes of ${name}`;
  const description = `${base.title} with ${count} classes, named by ${labels.source}`;
  const origin = { kind: 'file', name, uri, base: base.id } as const;
  return { ...base, id, title, description, origin, network: own, labels };
}

function networkOf({ origin, labels }: ModelDocument): FileNetwork {
  if (origin.kind !== 'file') throw new Error(`a ${origin.kind} document is of no file`);
  return { base: origin.base ?? '', uri: origin.uri, name: origin.name, labels };
}

/** What a former version kept may look otherwise. */
function checked(value: unknown): FileNetwork | undefined {
  const { base, uri, name, labels } = (value ?? {}) as Partial<FileNetwork>;
  const names: unknown = labels?.names;
  const texts: readonly unknown[] = [base, uri, name, labels?.source];
  const isWhole = texts.every(isText) && Array.isArray(names) && names.every(isText);
  return isWhole ? (value as FileNetwork) : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

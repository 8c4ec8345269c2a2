import type { ModelDocument } from '../../network/modelDocument';
import {
  changedParts,
  withParts,
  type PreprocessParts,
} from '../../network/preprocess/changedParts';
import { checkPreprocess } from '../../network/preprocess/checkPreprocess';
import { inputSize } from '../../network/inputShape';
import type { Preprocess } from '../../network/preprocess/preprocess';
import type { PanelPreprocess } from '../../protocol/panelProtocol';
import type { Documents } from '../documents';

/** What is kept for the workspace: by the document's id, the parts that differ from what is published. */
export type KeptChoices = Readonly<Record<string, PreprocessParts | undefined>>;

interface Options {
  readonly documents: Documents;
  /** What an earlier session kept; anything odd in it is left out. */
  readonly kept: unknown;
  readonly keep: (choices: KeptChoices) => void;
  /** Hears why something that was kept is left out. */
  readonly warn: (why: string) => void;
  /** What is kept for files of models instead: each by its own file. */
  readonly ofFiles?: FileParts;
}

/** The preprocessing of documents that were read from files. */
interface FileParts {
  /** Undefined for other documents. */
  partsOf(documentId: string): PreprocessParts | undefined;
  keepParts(documentId: string, parts: PreprocessParts): void;
}

/** How the person wants pictures to be prepared, document by document. */
export class PreprocessChoices {
  private choices: KeptChoices;
  private readonly documents: Documents;
  private readonly keep: Options['keep'];
  private readonly ofFiles: FileParts | undefined;

  constructor({ documents, kept, keep, warn, ofFiles }: Options) {
    this.documents = documents;
    this.choices = readChoices(documents, kept, warn);
    this.keep = keep;
    this.ofFiles = ofFiles;
  }

  parts(documentId: string): PreprocessParts {
    return this.ofFiles?.partsOf(documentId) ?? this.choices[documentId] ?? {};
  }

  of(documentId: string): PanelPreprocess {
    const { preprocess: published } = this.documents.get(documentId);
    return { settings: withParts(published, this.parts(documentId)), published };
  }

  /** Throws PreprocessError and changes nothing where the settings are unsound; null goes back to the published ones. */
  set(documentId: string, settings: Preprocess | null): void {
    const parts = settings === null ? {} : soundParts(this.documents.get(documentId), settings);
    if (this.ofFiles?.partsOf(documentId)) {
      this.ofFiles.keepParts(documentId, parts);
      return;
    }
    this.choices = { ...this.choices, [documentId]: parts };
    this.keep(this.choices);
  }
}

function soundParts({ network, preprocess }: ModelDocument, settings: unknown): PreprocessParts {
  return changedParts(checkPreprocess(settings, inputSize(network)), preprocess);
}

function readChoices(documents: Documents, kept: unknown, warn: Options['warn']): KeptChoices {
  if (typeof kept !== 'object' || kept === null) return {};
  const read = documents.all.flatMap((document) => {
    const parts = (kept as KeptChoices)[document.id];
    const sound = parts && keptParts(document, parts, warn);
    return sound ? [[document.id, sound]] : [];
  });
  return Object.fromEntries(read) as KeptChoices;
}

/** What was kept of a document's preprocessing; undefined where it makes no sense any more, and `warn` hears why. */
export function keptParts(
  document: ModelDocument,
  parts: PreprocessParts,
  warn: Options['warn'],
): PreprocessParts | undefined {
  try {
    return soundParts(document, withParts(document.preprocess, parts));
  } catch (error) {
    warn(`the preprocessing kept for ${document.id} is left out: ${String(error)}`);
    return undefined;
  }
}

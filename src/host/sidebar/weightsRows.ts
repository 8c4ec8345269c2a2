import { learnedWords } from '../../protocol/trainingWords';
import type { CatalogueEntry } from '../../library/catalogue';
import type { ModelDocument } from '../../network/modelDocument';
import type { PanelWeights } from '../../protocol/panelProtocol';
import { megabytes } from '../download/megabytes';
import { accuracyWords, entryDetail, sizeWords } from '../weights/weightsWords';

/** A set of the catalogue, and what of it lies on this machine's disk. */
export interface StoredSet {
  readonly entry: CatalogueEntry;
  /** Complete or not; 0 where nothing has arrived. */
  readonly bytes: number;
  readonly isDownloaded: boolean;
}

interface RowText {
  readonly documentId: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly isInUse: boolean;
}

/** What a network can run with. */
export type WeightsRow =
  | (RowText & { readonly kind: 'random' | 'file' })
  | (RowText & {
      readonly kind: 'published';
      readonly entry: CatalogueEntry;
      readonly state: 'absent' | 'unfinished' | 'downloaded' | 'shipped';
    });

/** A network and the weights there are for it. */
export interface WeightsGroup {
  readonly kind: 'network';
  readonly documentId: string;
  readonly label: string;
  readonly description: string;
  readonly isShown: boolean;
  readonly rows: readonly WeightsRow[];
}

interface Known {
  readonly documents: readonly Pick<ModelDocument, 'id' | 'title'>[];
  /** The id of the network in the panel. */
  readonly shown: string;
  readonly weightsOf: (documentId: string) => PanelWeights;
  readonly sets: readonly StoredSet[];
}

/** The weights of every network, with what is in use and what takes space. */
export function weightsGroups({
  documents,
  shown,
  weightsOf,
  sets,
}: Known): readonly WeightsGroup[] {
  return documents.map(({ id, title }) => {
    const own = sets.filter(({ entry }) => entry.documentId === id);
    const weights = weightsOf(id);
    const isShown = id === shown;
    return {
      kind: 'network',
      documentId: id,
      label: title,
      description: [...(isShown ? ['shown'] : []), countWords(own)].join(' · '),
      isShown,
      rows: [
        randomRow(id, weights),
        ...fileRows(id, weights),
        ...own.map((set) => publishedRow(set, weights)),
      ],
    };
  });
}

/** `Deep Compression` of `BVLC AlexNet, Deep Compression`, where the network is named beside it. */
export function shortSetName({ name }: { readonly name: string }): string {
  return /, (.+)$/.exec(name)?.[1] ?? name;
}

function countWords(sets: readonly StoredSet[]): string {
  if (sets.length === 0) return 'none published';
  if (sets.every(({ entry }) => entry.shipped !== undefined)) return 'trained for some classes';
  const here = sets.filter(({ isDownloaded }) => isDownloaded).length;
  return here === 0 ? `${sets.length} published` : `${here} of ${sets.length} downloaded`;
}

function randomRow(documentId: string, { trained }: PanelWeights): WeightsRow {
  return {
    kind: 'random',
    documentId,
    label: 'Random weights',
    description: trained ? 'untrained' : 'in use · untrained',
    tooltip: 'From a fixed seed: labels mean nothing',
    isInUse: !trained,
  };
}

/** The person's own weights, while they are in use. */
function fileRows(
  documentId: string,
  { trained, published, learned, name, tensors }: PanelWeights,
): readonly WeightsRow[] {
  if (!trained || published) return [];
  const description = learned ? 'in use · trained here' : 'in use · your own';
  const tooltip = `${name}: ${learned ? learnedWords(learned) : `${tensors} tensors`}`;
  return [{ kind: 'file', documentId, label: name, description, tooltip, isInUse: true }];
}

function publishedRow(
  { entry, bytes, isDownloaded }: StoredSet,
  weights: PanelWeights,
): WeightsRow {
  const isInUse = weights.published?.name === entry.name;
  const unfinished = bytes > 0 ? 'unfinished' : 'absent';
  const here = entry.shipped === undefined ? 'downloaded' : 'shipped';
  const state = isDownloaded ? here : unfinished;
  const where = {
    // The size first: the row may be cut.
    absent: `${sizeWords(entry)}, not downloaded`,
    unfinished: `${megabytes(bytes)} here of ${sizeWords(entry)}`,
    downloaded: `${megabytes(bytes)} on disk`,
    shipped: accuracyWords(entry),
  }[state];
  return {
    kind: 'published',
    documentId: entry.documentId,
    label: shortSetName(entry),
    description: isInUse ? `in use · ${where}` : where,
    tooltip: [entry.name, accuracyWords(entry), entry.conditions, entryDetail(entry)].join('\n'),
    isInUse,
    entry,
    state,
  };
}

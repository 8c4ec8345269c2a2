import type { ModelDocument } from '../../network/modelDocument';
import type { PanelWeights } from '../../protocol/panelProtocol';
import type { LearnedWeights } from '../../protocol/training';
import { learnedWords } from '../../protocol/trainingWords';
import type { CatalogueEntry } from '../../library/catalogue';
import { ownWeights } from './weightsChoice';
import { accuracyWords, entryDetail } from './weightsWords';

/** A line of the list that weights are chosen from. */
export type WeightsItem =
  | { readonly kind: 'heading'; readonly label: string }
  | WeightsItemText<'random'>
  | WeightsItemText<'file'>
  | WeightsItemText<'again'>
  | WeightsItemText<'learned'>
  | WeightsItemText<'own'>
  | (WeightsItemText<'published'> & {
      readonly entry: CatalogueEntry;
      readonly isDownloaded: boolean;
    });

interface WeightsItemText<Kind extends string> {
  readonly kind: Kind;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

interface Offered {
  /** The one that is shown. */
  readonly document: Pick<ModelDocument, 'id' | 'title'>;
  readonly weights: PanelWeights;
  /** What it learned, where it was trained here. */
  readonly learned?: LearnedWeights | undefined;
  /** The weights in use are of a file of which the person said what it is. */
  readonly isAnswered?: boolean;
  /** The file that it was read from, where it was: it has weights of its own. */
  readonly ownFile?: string | undefined;
  readonly entries: readonly CatalogueEntry[];
  readonly isDownloaded: (entry: CatalogueEntry) => boolean;
}

/** Random weights, what was learned, the published sets of the shown document, those of the others, and a file. */
export function weightsItems({
  document,
  weights,
  learned,
  isAnswered = false,
  ownFile,
  entries,
  isDownloaded,
}: Offered): readonly WeightsItem[] {
  const placeOf = (entry: CatalogueEntry): readonly string[] =>
    isDownloaded(entry) && entry.shipped === undefined ? ['downloaded'] : [];
  const item = (entry: CatalogueEntry): WeightsItem => {
    const notes = [accuracyWords(entry), ...placeOf(entry)];
    if (entry.name === weights.published?.name) notes.push('in use');
    const detail = entryDetail(entry);
    return {
      kind: 'published',
      label: entry.name,
      description: notes.join(', '),
      detail,
      entry,
      isDownloaded: isDownloaded(entry),
    };
  };
  const own = entries.filter((entry) => entry.documentId === document.id);
  const others = entries.filter((entry) => entry.documentId !== document.id);
  return [
    {
      kind: 'random',
      label: 'Random weights',
      description: weights.trained ? '' : 'in use',
      detail: 'Untrained, from a fixed seed: labels mean nothing',
    },
    ...(learned ? [learnedItem(learned, weights)] : []),
    ...(ownFile === undefined ? [] : [ownItem(ownFile, weights)]),
    ...section(`Published for ${document.title}`, own.map(item)),
    ...section('Published for other networks, which are shown then', others.map(item)),
    { kind: 'heading', label: 'Your own' },
    {
      kind: 'file',
      label: 'Load a file…',
      description: '',
      detail: 'Recognised by its content; the network is found by names and shapes',
    },
    ...(isAnswered ? [againItem(weights)] : []),
  ];
}

function learnedItem(learned: LearnedWeights, weights: PanelWeights): WeightsItem {
  return {
    kind: 'learned',
    label: `What it learned on ${learned.folder}`,
    description: weights.learned ? 'in use' : '',
    detail: learnedWords(learned),
  };
}

function againItem({ name }: PanelWeights): WeightsItem {
  return {
    kind: 'again',
    label: `Choose again what ${name} is`,
    description: 'in use',
    detail: 'It leaves open which network it is for, or which of its weights are meant',
  };
}

function ownItem(name: string, weights: PanelWeights): WeightsItem {
  const isInUse = weights.trained && weights.name === ownWeights;
  const detail = 'The weights that lie with the model in its file';
  return {
    kind: 'own',
    label: `Its own, of ${name}`,
    description: isInUse ? 'in use' : '',
    detail,
  };
}

function section(label: string, items: readonly WeightsItem[]): readonly WeightsItem[] {
  return items.length > 0 ? [{ kind: 'heading', label }, ...items] : [];
}

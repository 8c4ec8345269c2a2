import { classCount, withClassCount } from '../../network/classCount';
import type { ClassLabels, ModelDocument, Origin } from '../../network/modelDocument';

interface Learned {
  readonly id: string;
  readonly labels: ClassLabels;
  readonly origin: Extract<Origin, { kind: 'trained' }>;
}

/** A document of the same layers whose last dense layer has a unit for each class. Throws where there is none. */
export function learningNetwork(
  base: ModelDocument,
  { id, labels, origin }: Learned,
): ModelDocument {
  const network = withClassCount(base.network, labels.names.length);
  if (!network) {
    throw new Error(`${base.title} cannot be trained: its classes come from no dense layer`);
  }
  const title = `${base.title}, trained on ${origin.name}`;
  const description = `${labels.names.length} classes: ${labels.names.join(', ')}`;
  return { ...base, id, title, description: shortened(description), origin, network, labels };
}

/**
 * The order of a folder's classes among a document's, where these are exactly its own: its classifier can be kept then.
 * Undefined where they are others.
 */
export function ownClasses(
  { labels, network }: ModelDocument,
  folder: ClassLabels,
): readonly number[] | undefined {
  const classes = classCount(network);
  if (classes !== folder.names.length) return undefined;
  const bySynset = folder.synsets?.map((synset) => labels.synsets?.indexOf(synset) ?? -1);
  const byName = folder.names.map((name) => labels.names.indexOf(name));
  return [bySynset, byName].find(
    (order) => order && order.every((index) => index >= 0) && new Set(order).size === classes,
  );
}

const longest = 120;

function shortened(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

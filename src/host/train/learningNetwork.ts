import { classCount, withClassCount } from '../../network/classCount';
import type { ClassLabels, ModelDocument, Origin } from '../../network/modelDocument';
import { classReading } from '../../network/classReading';
import { inputShape } from '../../network/inputShape';

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

const colours = 3;

/** Why a network cannot be trained on a folder of pictures, in a sentence; undefined where it may be. */
export function whyNotTrained({
  title,
  network,
}: Pick<ModelDocument, 'title' | 'network'>): string | undefined {
  const [fault] = network.unresolved;
  const why = (words: string): string => `${title} cannot be trained: ${words}`;
  if (fault) return why(fault.problem.sentence);
  if (network.inputs.length !== 1)
    return why(`it has ${network.inputs.length} inputs, and a picture goes into one`);
  const [, , channels] = inputShape(network);
  if (channels !== colours)
    return why(`its pictures have ${channels} channel${channels === 1 ? '' : 's'}, not three`);
  const reading = classReading(network);
  if (reading.kind === 'none') return why(reading.why);
  if (reading.kind === 'probabilities')
    return why('its output is probabilities already, and training needs what goes into a softmax');
  return undefined;
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

import { assemble, type LayerPlan } from '../../network/assemble';
import type { ClassLabels, ModelDocument, Origin } from '../../network/modelDocument';
import { layerNamed } from '../../network/network';
import { elementCount } from '../../network/tensor/shape';

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
  const { layers, inputs, outputs } = base.network;
  const last = layers.findLast(({ kind }) => kind === 'Dense')?.name;
  const plans = layers.map((layer): LayerPlan => {
    const { name, inputs: sources } = layer;
    const isLast = layer.kind === 'Dense' && name === last;
    const settings = isLast ? { ...layer, units: labels.names.length } : layer;
    return { name, settings, inputs: sources };
  });
  const network = assemble(plans, { inputs, outputs });
  const [output = ''] = outputs;
  if (elementCount(layerNamed(network, output).outputShape) !== labels.names.length) {
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
  const [output = ''] = network.outputs;
  const classes = elementCount(layerNamed(network, output).outputShape);
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

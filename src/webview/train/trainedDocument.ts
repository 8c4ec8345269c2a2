import type { Network } from '../../network/network';
import type { PageDocument } from '../../protocol/panelProtocol';
import type { Model } from '../state/model';

/** The network that is trained, which need not be the one that is shown. */
export interface TrainedDocument {
  readonly title: string;
  readonly network: Network;
  /** The first convolution's name, whose filters can be looked at. */
  readonly firstConvolution: string | undefined;
  /** Layers whose output is maps, in running order. */
  readonly mapLayers: readonly string[];
}

const known = new WeakMap<PageDocument, TrainedDocument>();

/** Undefined without a training, or where the host has let go of its network. */
export function trainedDocument({ state }: Pick<Model, 'state'>): TrainedDocument | undefined {
  const document = state.documents.find(({ id }) => id === state.training?.settings.documentId);
  if (!document) return undefined;
  const made = known.get(document) ?? describe(document);
  known.set(document, made);
  return made;
}

function describe({ title, network }: PageDocument): TrainedDocument {
  const { layers } = network;
  const maps = layers.filter(({ kind, outputShape }) => {
    return kind !== 'InputLayer' && outputShape.length === 3;
  });
  return {
    title,
    network,
    firstConvolution: layers.find(({ kind }) => kind === 'Conv2D')?.name,
    mapLayers: maps.map(({ name }) => name),
  };
}

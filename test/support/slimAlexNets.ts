import { type AlexNetId, alexNetIds, alexNets } from '../../src/library/alexNets';
import { assemble } from '../../src/network/assemble';
import type { Layer, LayerSettings } from '../../src/network/layers/layer';
import type { ModelDocument } from '../../src/network/modelDocument';

/** As few as leave fc6's kernel larger than a piece that weights are read in. */
const hiddenUnits = 128;

/**
 * The AlexNets with narrow hidden dense layers and all else as it is, under the same ids: 5 million weights instead of
 * 61. For what is proved of layers and not of sizes, as drawing, loading and packing 61 million takes seconds.
 */
export const slimAlexNets = Object.fromEntries(
  alexNetIds.map((id) => [id, slim(alexNets[id])]),
) as Readonly<Record<AlexNetId, ModelDocument>>;

function slim(document: ModelDocument): ModelDocument {
  const { inputs, outputs, layers } = document.network;
  const classes = document.labels.names.length;
  const plans = layers.map((layer) => ({
    name: layer.name,
    settings: slimSettings(layer, classes),
    inputs: layer.inputs,
  }));
  const network = assemble(plans, { inputs, outputs });
  const [fault] = network.unresolved;
  if (fault) throw new Error(fault.problem.sentence);
  return { ...document, network };
}

function slimSettings(layer: Layer, classes: number): LayerSettings {
  const isHidden = layer.kind === 'Dense' && layer.units !== classes;
  return isHidden ? { ...layer, units: hiddenUnits } : layer;
}

import { layerNamed } from '../../network/network';
import { element } from '../draw/element';
import { blockFacts } from '../layers/blockFacts';
import { kindWords } from '../layers/layerFacts';
import type { GraphNode } from './layout/graphNodes';
import { factList, reasonNotes } from '../layers/factList';
import { factsOf, layerSummary, type Model } from '../state/model';

/** What the hover card says of a block. */
export function cardContent(model: Model, node: GraphNode): readonly HTMLElement[] {
  const { variant, summary: network } = model.shown;
  if (node.folded) {
    const inside = network.layers.filter(({ name }) => node.layers.includes(name));
    return [title(node.id, 'folded'), factList(blockFacts(inside, network.totals))];
  }
  const summary = layerSummary(model, node.id);
  if (!summary) return [];
  return [
    title(node.id, kindWords(layerNamed(variant.network, node.id))),
    factList(factsOf(model, summary)),
    ...reasonNotes(variant.reasons[node.id]),
  ];
}

function title(name: string, kind: string): HTMLElement {
  return element('p', { class: 'card-title' }, element('strong', {}, name), ` ${kind}`);
}

import { blocks } from '../../../src/network/blocks';
import { summarize } from '../../../src/network/summary';
import type { VariantId } from '../../../src/network/variants/variant';
import { variants } from '../../../src/network/variants/variants';
import { graphNodes, type GraphNode } from '../../../src/webview/geometry/graphNodes';
import type { MeasureText } from '../../../src/webview/geometry/graphLayout';

/** A font whose every letter is 6 pixels wide. */
export const measure: MeasureText = (text) => 6 * text.length;

export function nodesOf(id: VariantId, folded: readonly string[] = []): readonly GraphNode[] {
  const { network } = variants[id];
  return graphNodes(summarize(network).layers, blocks(network), folded);
}

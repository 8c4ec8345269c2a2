import type { Block } from '../../../network/blocks';
import { formatShape, type Shape } from '../../../network/tensor/shape';
import type { LayerSummary } from '../../../network/summary';
import { formatCount, formatShortCount } from '../../draw/numberFormat';
import type { Family, Form } from '../../layers/layerView';
import { layerView } from '../../layers/layerViews';

/** One block of the graph: a layer, or a folded group of layers. */
export interface GraphNode {
  /** The layer's name, or the folded block's title. */
  readonly id: string;
  readonly folded: boolean;
  /** Names of the layers it stands for; the last one's output is drawn. */
  readonly layers: readonly string[];
  readonly block: string | undefined;
  readonly form: Form;
  readonly family: Family;
  readonly shape: Shape;
  readonly parameters: number;
  /** The lines under the block: name, shape, parameters. */
  readonly lines: readonly string[];
  readonly label: string;
}

/** The graph's blocks in running order, with the folded groups drawn as one each. */
export function graphNodes(
  layers: readonly LayerSummary[],
  blocks: readonly Block[],
  folded: readonly string[],
): readonly GraphNode[] {
  const nodes: GraphNode[] = [];
  for (const layer of layers) {
    const block = blocks.find((candidate) => candidate.layers.includes(layer.name));
    if (!block || !folded.includes(block.title)) nodes.push(layerNode(layer, block));
    else if (block.layers[0] === layer.name) nodes.push(foldedNode(block, layers));
  }
  return nodes;
}

/** The block that stands for a layer, folded or not. */
export function nodeOfLayer(nodes: readonly GraphNode[], layer: string): GraphNode | undefined {
  return nodes.find((node) => node.layers.includes(layer));
}

function layerNode(layer: LayerSummary, block: Block | undefined): GraphNode {
  const { form, family } = layerView(layer);
  return {
    id: layer.name,
    folded: false,
    layers: [layer.name],
    block: block?.title,
    form,
    family,
    shape: layer.outputShape,
    parameters: layer.parameters,
    lines: lines(layer.name, layer.outputShape, layer.parameters),
    label: layerLabel(layer),
  };
}

function foldedNode(block: Block, layers: readonly LayerSummary[]): GraphNode {
  const inside = layers.filter(({ name }) => block.layers.includes(name));
  const parameters = inside.reduce((sum, layer) => sum + layer.parameters, 0);
  const shape = inside.at(-1)?.outputShape ?? [];
  const flat = shape.length === 1;
  const count = `${inside.length} ${inside.length === 1 ? 'layer' : 'layers'}`;
  return {
    id: block.title,
    folded: true,
    layers: block.layers,
    block: block.title,
    form: flat ? 'units' : 'stack',
    family: flat ? 'dense' : 'convolution',
    shape,
    parameters,
    lines: lines(count, shape, parameters),
    label: `${block.title}, ${count} folded, output ${formatShape(shape)}, ${formatCount(parameters)} parameters`,
  };
}

function lines(name: string, shape: Shape, parameters: number): readonly string[] {
  const first = [name, formatShape(shape)];
  return parameters > 0 ? [...first, formatShortCount(parameters)] : first;
}

/** A block's accessible name: `conv1, Conv2D, output 56 × 56 × 96, 34,944 parameters`. */
export function layerLabel({ name, kind, outputShape, parameters }: LayerSummary): string {
  return `${name}, ${kind}, output ${formatShape(outputShape)}, ${formatCount(parameters)} parameters`;
}

import type { Block } from '../../../network/blocks';
import { kindTitle } from '../../../network/layers/layerRules';
import type { Problem, UnresolvedLayer } from '../../../network/network';
import { formatShape, type Shape } from '../../../network/tensor/shape';
import type { LayerSummary } from '../../../network/summary';
import { formatCount, formatShortCount } from '../../draw/numberFormat';
import { problemWords } from '../../layers/layerFacts';
import type { Family, Form } from '../../layers/layerView';
import { layerView } from '../../layers/layerViews';
import { foldsOf, type Fold } from './folds';

/** One block of the graph: a layer, or a folded group of layers. */
export interface GraphNode {
  /** The layer's name, or the title of what is folded. */
  readonly id: string;
  readonly folded: boolean;
  /** Names of the layers it stands for; the last one's output is drawn. */
  readonly layers: readonly string[];
  /** Ids of the nodes that it is applied to. */
  readonly inputs: readonly string[];
  /** The title of the bracket that it stands under. */
  readonly block: string | undefined;
  /** Titles of the blocks that it is folded of, or would be folded with; none where it is in no block. */
  readonly folds: readonly string[];
  readonly form: Form;
  readonly family: Family;
  /** Of its output; where it has none, of what it is drawn as large as. */
  readonly shape: Shape;
  readonly parameters: number;
  /** The lines under the block: name, shape, parameters. */
  readonly lines: readonly string[];
  readonly label: string;
  /** Why it has no output. */
  readonly problem?: Problem;
}

/** Layers in running order, and how they are grouped. */
interface Drawn {
  readonly layers: readonly LayerSummary[];
  readonly unresolved?: readonly UnresolvedLayer[];
  readonly blocks: readonly Block[];
  readonly folded: readonly string[];
}

/** A layer without a shape and without a known input is drawn as large as this. */
const plainShape: Shape = [14, 14, 32];

/** The graph's blocks in running order, with the folded groups drawn as one each. */
export function graphNodes({
  layers,
  unresolved = [],
  blocks,
  folded,
}: Drawn): readonly GraphNode[] {
  const blockOf = new Map(blocks.flatMap((block) => block.layers.map((name) => [name, block])));
  const foldOf = new Map(
    foldsOf(blocks, folded).flatMap((fold) => fold.layers.map((name) => [name, fold])),
  );
  const idOf = (name: string): string => foldOf.get(name)?.title ?? name;
  const inside = new Map<string, LayerSummary[]>();
  for (const layer of layers) {
    const id = idOf(layer.name);
    const known = inside.get(id);
    if (known) known.push(layer);
    else inside.set(id, [layer]);
  }
  const nodes = [...inside].flatMap(([id, group]): GraphNode | readonly GraphNode[] => {
    const [layer] = group;
    const fold = layer && foldOf.get(layer.name);
    const inputs = group.flatMap((each) => each.inputs.map(idOf)).filter((input) => input !== id);
    if (fold) return foldedNode(fold, group, [...new Set(inputs)]);
    return layer ? layerNode(layer, blockOf.get(layer.name), inputs) : [];
  });
  const shapes = new Map(nodes.map(({ id, shape }) => [id, shape]));
  for (const layer of unresolved) {
    const inputs = layer.inputs.map(idOf);
    const shape = inputs
      .flatMap((input) => [shapes.get(input) ?? []])
      .find(({ length }) => length > 0);
    shapes.set(layer.name, shape ?? plainShape);
    nodes.push(unresolvedNode(layer, inputs, shape ?? plainShape));
  }
  return nodes;
}

/** The block that stands for a layer, folded or not. */
export function nodeOfLayer(nodes: readonly GraphNode[], layer: string): GraphNode | undefined {
  return nodes.find((node) => node.layers.includes(layer));
}

function layerNode(
  layer: LayerSummary,
  block: Block | undefined,
  inputs: readonly string[],
): GraphNode {
  const { form, family } = layerView(layer);
  const isFlat = layer.outputShape.length === 1 && form === 'stack';
  return {
    id: layer.name,
    folded: false,
    layers: [layer.name],
    inputs,
    block: block?.title,
    folds: block ? [block.title] : [],
    form: isFlat ? 'units' : form,
    family,
    shape: layer.outputShape,
    parameters: layer.parameters,
    lines: lines(layer.name, layer.outputShape, layer.parameters),
    label: layerLabel(layer),
  };
}

function foldedNode(
  { title, blocks, layers }: Fold,
  inside: readonly LayerSummary[],
  inputs: readonly string[],
): GraphNode {
  const parameters = inside.reduce((sum, layer) => sum + layer.parameters, 0);
  const shape = inside.at(-1)?.outputShape ?? [];
  const flat = shape.length === 1;
  const count = `${inside.length} ${inside.length === 1 ? 'layer' : 'layers'}`;
  const each = inside.length / blocks.length;
  const first = blocks.length > 1 ? `${blocks.length} × ${each} layers` : count;
  return {
    id: title,
    folded: true,
    layers,
    inputs,
    block: title,
    folds: blocks.map((block) => block.title),
    form: flat ? 'units' : 'stack',
    family: flat ? 'dense' : 'convolution',
    shape,
    parameters,
    lines: lines(first, shape, parameters),
    label: `${title}, ${count} folded, output ${formatShape(shape)}, ${formatCount(parameters)} parameters`,
  };
}

/** A layer at fault, or one that follows from it: its shape is not known. */
function unresolvedNode(
  layer: UnresolvedLayer,
  inputs: readonly string[],
  shape: Shape,
): GraphNode {
  const { name, settings, problem } = layer;
  const { form, family } = layerView(settings);
  return {
    id: name,
    folded: false,
    layers: [name],
    inputs,
    block: undefined,
    folds: [],
    form,
    family,
    shape,
    parameters: 0,
    lines: [name, '?'],
    label: `${name}, ${kindTitle(settings)}, no output: ${problemWords(layer)}`,
    problem,
  };
}

function lines(name: string, shape: Shape, parameters: number): readonly string[] {
  const first = [name, formatShape(shape)];
  return parameters > 0 ? [...first, formatShortCount(parameters)] : first;
}

/** A block's accessible name: `conv1, Conv2D, output 56 × 56 × 96, 34,944 parameters`. */
export function layerLabel({ name, title, outputShape, parameters }: LayerSummary): string {
  return `${name}, ${title}, output ${formatShape(outputShape)}, ${formatCount(parameters)} parameters`;
}

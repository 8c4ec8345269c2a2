import type { Rect } from '../../draw/rect';
import type { Bracket } from './brackets';
import type { GraphLayout } from './graphLayout';
import { outline, type PlacedNode } from './placedNode';
import { nearestInRow, walk, type WalkKey } from './walk';

/** Where the keyboard can be: on a layer or folded block, or on the title that folds a block. */
export interface Stop {
  readonly kind: 'layer' | 'title';
  readonly id: string;
}

type Stops = Pick<GraphLayout, 'nodes' | 'brackets'>;

/** Room for the title over its bracket, in pixels. */
export const titleHeight = 21;

/**
 * Where a key leads from a stop; the same one at an end of the graph. A title stands between the row above and the layers
 * under it. `across` is where a person who goes up and down through rows set out from.
 */
export function nextStop(graph: Stops, from: Stop, key: WalkKey, across?: number): Stop {
  const title = from.kind === 'title' ? titleNamed(graph, from.id) : undefined;
  if (title) return fromTitle(graph, title, key, across ?? middleOf(title));
  const { nodes } = graph;
  const here = nodes.find(({ node }) => node.id === from.id);
  const id = walk(nodes, from.id, key, across);
  const target = nodes.find(({ node }) => node.id === id);
  if (!target) return from;
  const leaves = target.row !== here?.row || target === here;
  const over =
    leaves &&
    ((key === 'ArrowUp' && here && titleOver(graph, here)) ||
      (key === 'ArrowDown' && target !== here && titleOver(graph, target)));
  return over ? titleStop(over) : layerStop(target);
}

/** The middle of a stop, from the left; undefined where there is none. */
export function acrossOf(graph: Stops, { kind, id }: Stop): number | undefined {
  if (kind === 'layer') return graph.nodes.find(({ node }) => node.id === id)?.labelX;
  const title = titleNamed(graph, id);
  return title && middleOf(title);
}

/** Everything that is drawn of a stop; undefined where there is none. */
export function stopRect(graph: Stops, { kind, id }: Stop): Rect | undefined {
  if (kind === 'layer') {
    const placed = graph.nodes.find(({ node }) => node.id === id);
    return placed && outline(placed);
  }
  const title = titleNamed(graph, id);
  if (!title) return undefined;
  const { left, right, y } = title;
  return { x: left, y: y - titleHeight, width: right - left, height: titleHeight };
}

function fromTitle(graph: Stops, title: Bracket, key: WalkKey, across: number): Stop {
  const { nodes } = graph;
  const titles = graph.brackets.filter(({ first }) => first);
  const at = titles.indexOf(title);
  const ways: Readonly<Record<WalkKey, () => Stop | undefined>> = {
    ArrowLeft: () => titleStop(titles[at - 1]),
    ArrowRight: () => titleStop(titles[at + 1]),
    ArrowUp: () => layerStop(nearestInRow(nodes, title.row - 1, { step: -1, across })),
    ArrowDown: () => {
      const under = nodes.filter(({ node }) => node.block === title.title);
      return layerStop(nearestInRow(under, title.row, { step: 1, across }));
    },
    Home: () => layerStop(nodes[0]),
    End: () => layerStop(nodes.at(-1)),
  };
  return ways[key]() ?? titleStop(title);
}

function titleNamed({ brackets }: Stops, id: string): Bracket | undefined {
  return brackets.find(({ title, first }) => first && title === id);
}

/** The title of a block, where it stands in this row. */
function titleOver({ brackets }: Stops, { node, row }: PlacedNode): Bracket | undefined {
  return brackets.find((each) => each.first && each.title === node.block && each.row === row);
}

function middleOf({ left, right }: Bracket): number {
  return (left + right) / 2;
}

function layerStop(placed: PlacedNode): Stop;
function layerStop(placed: PlacedNode | undefined): Stop | undefined;
function layerStop(placed: PlacedNode | undefined): Stop | undefined {
  return placed && { kind: 'layer', id: placed.node.id };
}

function titleStop(bracket: Bracket): Stop;
function titleStop(bracket: Bracket | undefined): Stop | undefined;
function titleStop(bracket: Bracket | undefined): Stop | undefined {
  return bracket && { kind: 'title', id: bracket.title };
}

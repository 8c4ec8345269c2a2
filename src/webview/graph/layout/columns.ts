import type { GraphNode } from './graphNodes';

/** A node in its column and lane: nodes that follow from each other stand in columns one after the other. */
export interface Standing {
  /** Its place in running order. */
  readonly index: number;
  readonly node: GraphNode;
  readonly column: number;
  /** 0 is the main line; branches stand below it. */
  readonly lane: number;
  /** The nodes that it is applied to, and those applied to it, by index. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** The nodes of a graph by index, and column by column from the main line down. */
export interface Columns {
  readonly standings: readonly Standing[];
  readonly columns: readonly (readonly Standing[])[];
  readonly lanes: number;
}

/**
 * Gives every node a column, one behind the last of its inputs, and a lane. The longest way through the graph is the
 * main line; every branch keeps a lane of its own until it joins another.
 */
export function standInColumns(nodes: readonly GraphNode[]): Columns {
  const { inputs, outputs } = edges(nodes);
  const ranks = longestPaths(inputs, outputs);
  const { lanes, count } = lanesOf(ranks, outputs, inputs);
  const standings = nodes.map((node, index): Standing => ({
    index,
    node,
    column: ranks[index] ?? 0,
    lane: lanes[index] ?? 0,
    inputs: inputs[index] ?? [],
    outputs: outputs[index] ?? [],
  }));
  const columns = Array.from({ length: Math.max(-1, ...ranks) + 1 }, (): Standing[] => []);
  for (const standing of standings) columns[standing.column]?.push(standing);
  for (const column of columns) column.sort((a, b) => a.lane - b.lane);
  return { standings, columns: columns.filter((column) => column.length > 0), lanes: count };
}

type Edges = readonly (readonly number[])[];

/** Inputs that come before a node: a name that no node has, or a circle, leads nowhere. */
function edges(nodes: readonly GraphNode[]): { readonly inputs: Edges; readonly outputs: Edges } {
  const indices = new Map(nodes.map(({ id }, index) => [id, index]));
  const inputs = nodes.map((node, index) => {
    const before = node.inputs.map((id) => indices.get(id) ?? index).filter((at) => at < index);
    return [...new Set(before)];
  });
  const outputs = nodes.map((): number[] => []);
  inputs.forEach((before, index) => before.forEach((at) => outputs[at]?.push(index)));
  return { inputs, outputs };
}

/** How many nodes stand before each at the most; what begins late stands close to where it is used. */
function longestPaths(inputs: Edges, outputs: Edges): readonly number[] {
  const ranks = inputs.map(() => 0);
  const rankOf = (index: number): number => ranks[index] ?? 0;
  inputs.forEach((before, index) => {
    ranks[index] = before.reduce((rank, at) => Math.max(rank, rankOf(at) + 1), 0);
  });
  inputs.forEach((before, index) => {
    const used = outputs[index] ?? [];
    if (index > 0 && before.length === 0 && used.length > 0) {
      ranks[index] = Math.max(0, Math.min(...used.map(rankOf)) - 1);
    }
  });
  return ranks;
}

/** Cuts the graph into ways without branches, the longest first, and lets each have the first lane that is free. */
function lanesOf(
  ranks: readonly number[],
  outputs: Edges,
  inputs: Edges,
): { readonly lanes: readonly number[]; readonly count: number } {
  const lanes = ranks.map(() => -1);
  const taken = new Lanes();
  const toEnd = ranks.map(() => 0);
  for (let index = ranks.length - 1; index >= 0; index--) {
    toEnd[index] = Math.max(0, ...(outputs[index] ?? []).map((at) => (toEnd[at] ?? 0) + 1));
  }
  const rankOf = (index: number): number => ranks[index] ?? 0;
  const next = (index: number): number | undefined =>
    (outputs[index] ?? [])
      .filter((at) => lanes[at] === -1)
      .reduce<number | undefined>(
        (best, at) => (best === undefined || (toEnd[at] ?? 0) > (toEnd[best] ?? 0) ? at : best),
        undefined,
      );
  for (const start of ranks.keys()) {
    if (lanes[start] !== -1) continue;
    const way = [start];
    for (let at = next(start); at !== undefined; at = next(at)) way.push(at);
    const last = way.at(-1) ?? start;
    const joins = (outputs[last] ?? []).map((at) => rankOf(at) - 1);
    const leaves = (inputs[start] ?? []).map((at) => rankOf(at) + 1);
    const from = Math.min(rankOf(start), ...leaves);
    const lane = taken.take(from, Math.max(rankOf(last), ...joins));
    for (const at of way) lanes[at] = lane;
  }
  return { lanes, count: taken.count };
}

/** Which columns of which lanes are taken. */
class Lanes {
  private readonly spans: (readonly [first: number, last: number])[][] = [];

  get count(): number {
    return this.spans.length;
  }

  /** The first lane that is free from the first column to the last. */
  take(first: number, last: number): number {
    const isFree = (spans: readonly (readonly [number, number])[]): boolean =>
      spans.every(([from, to]) => to < first || last < from);
    const found = this.spans.findIndex(isFree);
    const lane = found < 0 ? this.spans.push([]) - 1 : found;
    this.spans[lane]?.push([first, last]);
    return lane;
  }
}

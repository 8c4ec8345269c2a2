import type { Columns, Standing } from './columns';

/**
 * The way of an arrow through the columns. It leaves to the right and reaches from the left, and changes its height
 * in gaps between columns only: `along` is the lane that it keeps to in the columns between, or `above` all of them.
 */
export interface Route {
  readonly from: Standing;
  readonly to: Standing;
  readonly along: number | 'above';
  /** The key of the upright line behind `from` and of the one before `to`; undefined where it goes straight. */
  readonly leave: string | undefined;
  readonly reach: string | undefined;
}

/** An upright line in a gap. */
export interface Upright {
  readonly key: string;
  /** Whether it runs between lanes, where it must keep clear of the labels too. */
  readonly isBetween: boolean;
}

/** Every arrow's way, and the upright lines in the gap before each column, from left to right. */
export interface Routes {
  readonly routes: readonly Route[];
  readonly gaps: readonly (readonly Upright[])[];
}

/** Leads an arrow along every edge, so that none crosses a block. */
export function routeArrows({ standings, columns }: Columns): Routes {
  const wires = new Wires(standings);
  const routes = standings.flatMap((to) =>
    [...to.inputs]
      .flatMap((at) => standings[at] ?? [])
      // Branches that merge: the nearest lane first.
      .sort((a, b) => Math.abs(a.lane - to.lane) - Math.abs(b.lane - to.lane))
      .map((from) => routeOf(from, to, wires)),
  );
  return { routes, gaps: gapsOf(routes, columns.length) };
}

function routeOf(from: Standing, to: Standing, wires: Wires): Route {
  const [first, last] = [from.column + 1, to.column - 1];
  const leave = `from ${from.node.id}`;
  const way = { from, to, leave: undefined, reach: undefined };
  if (first > last) {
    const isStraight = from.lane === to.lane;
    return { ...way, along: from.lane, leave: isStraight ? undefined : leave };
  }
  if (wires.run(from, from.lane, first, last)) {
    const isStraight = from.lane === to.lane;
    const reach = isStraight ? undefined : `from ${from.node.id} to ${to.node.id}`;
    return { ...way, along: from.lane, reach };
  }
  if (wires.run(from, to.lane, first, last)) return { ...way, along: to.lane, leave };
  return { ...way, along: 'above', leave, reach: `from ${from.node.id} to ${to.node.id}` };
}

/** What stands in the cells of the lanes: a node, or a line that passes. */
class Wires {
  private readonly held = new Map<string, number>();

  constructor(standings: readonly Standing[]) {
    for (const { lane, column } of standings) this.held.set(`${lane} ${column}`, -1);
  }

  /** Takes cells of a lane for what leaves a node; false, and none is taken, where one of them is another's. */
  run({ index }: Standing, lane: number, first: number, last: number): boolean {
    const keys = Array.from({ length: last - first + 1 }, (_, at) => `${lane} ${first + at}`);
    if (!keys.every((key) => (this.held.get(key) ?? index) === index)) return false;
    for (const key of keys) this.held.set(key, index);
    return true;
  }
}

interface Bundle extends Upright {
  readonly arrows: number;
  readonly distance: number;
}

/** Lines of forks stand left; of those that merge the nearest lane's, so that none crosses another. */
function gapsOf(routes: readonly Route[], columns: number): readonly (readonly Upright[])[] {
  const gaps = Array.from({ length: columns }, () => new Map<string, Bundle>());
  const note = (column: number, key: string | undefined, lane: number, route: Route): void => {
    if (key === undefined) return;
    const { from, to, along } = route;
    const isAbove = along === 'above';
    const before = gaps[column]?.get(key);
    // Lines to the lanes stand left of those that go above, and of those the shortest.
    const distance = isAbove ? to.column - from.column : Math.abs(from.lane - to.lane) / 1000;
    gaps[column]?.set(key, {
      key,
      arrows: (before?.arrows ?? 0) + 1,
      distance: Math.min(before?.distance ?? Infinity, distance),
      isBetween: before?.isBetween === true || !isAbove || lane > 0,
    });
  };
  for (const route of routes) {
    note(route.from.column + 1, route.leave, route.from.lane, route);
    note(route.to.column, route.reach, route.to.lane, route);
  }
  return gaps.map((gap) =>
    [...gap.values()].sort(
      (a, b) => Number(a.arrows === 1) - Number(b.arrows === 1) || a.distance - b.distance,
    ),
  );
}

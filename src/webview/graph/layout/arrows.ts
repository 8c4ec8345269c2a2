import type { Shape } from '../../../network/tensor/shape';
import type { ArrangedRow, Arrangement } from './arrangement';
import type { Crossing } from './breakRows';
import type { PlacedNode } from './placedNode';
import { clamp } from '../../draw/rect';
import { lineGap, placeUprights } from './rowPlacement';
import type { Route } from './routes';

/** The way of a tensor from one block to the next. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** Undefined where the block that it leaves has no output. */
  readonly shape: Shape | undefined;
  readonly path: string;
}

type Point = readonly [x: number, y: number];

/** Where a line turns upright, and at which height it goes on. */
type Turn = Point;

const clearance = 4;
const cornerRadius = 6;

/** An arrow along every route: level in the lanes, upright in the gaps, around the rows in the margins. */
export function drawArrows(
  routes: readonly Route[],
  placed: readonly PlacedNode[],
  arrangement: Arrangement,
): readonly Arrow[] {
  const lines = new Lines(arrangement);
  const ports = portsOf(routes);
  return routes.flatMap((route) => {
    const [from, to] = [placed[route.from.index], placed[route.to.index]];
    if (!from || !to) return [];
    const level = lines.lane(to.row, to.lane) + lineGap * (ports.get(route) ?? 0);
    const port = clamp(level, to.y + clearance, to.y + to.height - clearance);
    const turns =
      from.row === to.row
        ? turnsInRow(route, from.row, port, lines)
        : turnsAround(route, from, to, port, lines);
    const points: Point[] = [
      [from.x + from.width + from.depthX + clearance, lines.lane(from.row, from.lane)],
    ];
    for (const [x, y] of turns) points.push([x, points.at(-1)?.[1] ?? y], [x, y]);
    points.push([to.x - clearance, points.at(-1)?.[1] ?? port]);
    const { node } = from;
    const shape = node.problem ? undefined : node.shape;
    return [{ from: node.id, to: to.node.id, shape, path: pathOf(points) }];
  });
}

function turnsInRow(route: Route, row: number, port: number, lines: Lines): readonly Turn[] {
  const { from, to, along, leave, reach } = route;
  const isBeside = to.column === from.column + 1;
  const between = along === 'above' ? lines.above(row, from.node.id) : lines.lane(row, along);
  const turns: Turn[] = [];
  if (leave) turns.push([lines.upright(from.column + 1, leave), isBeside ? port : between]);
  if (reach) turns.push([lines.upright(to.column, reach), port]);
  return turns;
}

/** From one row to another: over the right margin, the gap above the row, and the left margin. */
function turnsAround(
  route: Route,
  from: PlacedNode,
  to: PlacedNode,
  port: number,
  lines: Lines,
): readonly Turn[] {
  const { along, leave, reach } = route;
  const between = (row: number): number =>
    along === 'above' ? lines.above(row, from.node.id) : lines.lane(row, along);
  const turns: Turn[] = [];
  if (leave && !lines.isLast(from)) {
    turns.push([lines.upright(from.column + 1, leave), between(from.row)]);
  }
  const isFirst = lines.isFirst(to);
  turns.push(...lines.around(from.node.id, to.row, isFirst ? port : between(to.row)));
  if (reach && !isFirst) turns.push([lines.upright(to.column, reach), port]);
  return turns;
}

/** Where lines run in an arrangement. */
class Lines {
  private readonly uprights = new Map<string, number>();
  private readonly crossings: ReadonlyMap<string, Crossing>;

  constructor(private readonly arrangement: Arrangement) {
    const { rows, columns, crossings } = arrangement;
    for (const { first, end, starts } of rows) {
      for (let column = first + 1; column < end; column++) {
        const [before, behind] = [columns[column - 1], columns[column]];
        const [start, next] = [starts[column - 1 - first] ?? 0, starts[column - first] ?? 0];
        if (!before || !behind || behind.gap.length === 0) continue;
        const places = placeUprights({ start, column: before }, { start: next, column: behind });
        for (const [key, x] of places) this.uprights.set(`${column} ${key}`, x);
      }
    }
    this.crossings = new Map(
      crossings.map((crossing) => [`${crossing.from} ${crossing.toRow}`, crossing]),
    );
  }

  isFirst({ row, column }: PlacedNode): boolean {
    return this.row(row)?.first === column;
  }

  isLast({ row, column }: PlacedNode): boolean {
    return this.row(row)?.end === column + 1;
  }

  upright(column: number, key: string): number {
    return this.uprights.get(`${column} ${key}`) ?? 0;
  }

  lane(row: number, lane: number): number {
    const found = this.row(row);
    return (found?.floor ?? 0) + (found?.heights.lanes[lane]?.level ?? 0);
  }

  above(row: number, from: string): number {
    const found = this.row(row);
    return (found?.floor ?? 0) + (found?.heights.above.get(from) ?? 0);
  }

  /** Down the right margin, back above a row, and down the left margin to where it goes on in that row. */
  around(from: string, toRow: number, y: number): readonly Turn[] {
    const { left, right } = this.arrangement;
    const crossing = this.crossings.get(`${from} ${toRow}`);
    if (!crossing) return [];
    const gap = this.row(toRow)?.gapLine(crossing.gap) ?? 0;
    return [
      [right + lineGap * crossing.right, gap],
      [left - lineGap * crossing.left, y],
    ];
  }

  private row(row: number): ArrangedRow | undefined {
    return this.arrangement.rows[row];
  }
}

/**
 * How many lines above (below 0) or under its lane's arrow each arrow ends, so that arrows that meet at a block do not
 * cover each other: the nearest lane's is the nearest.
 */
function portsOf(routes: readonly Route[]): ReadonlyMap<Route, number> {
  const ends = new Map<number, Route[]>();
  for (const route of routes) {
    const { index } = route.to;
    ends.set(index, [...(ends.get(index) ?? []), route]);
  }
  const ports = new Map<Route, number>();
  for (const into of ends.values()) {
    const isStraight = ({ to, along, reach }: Route): boolean =>
      along === to.lane && reach === undefined;
    const fromAbove = (route: Route): boolean =>
      route.along === 'above' || route.along < route.to.lane;
    const bent = into.filter((route) => !isStraight(route));
    const above = bent.filter(fromAbove).sort((a, b) => distance(a) - distance(b));
    const below = bent
      .filter((route) => !fromAbove(route))
      .sort((a, b) => distance(a) - distance(b));
    const taken = bent.length < into.length ? 1 : 0;
    below.forEach((route, at) => ports.set(route, at + taken));
    const shift = taken === 0 && below.length === 0 ? 0 : 1;
    above.forEach((route, at) => ports.set(route, -at - shift));
  }
  return ports;
}

/** How far an arrow comes from. */
function distance({ from, to, along }: Route): number {
  return along === 'above' ? to.column - from.column : Math.abs(from.lane - to.lane) / 1000;
}

/** A line through points that lie level or upright of each other, with round corners. */
function pathOf(points: readonly Point[]): string {
  const corners = points.filter(([x, y], at) => {
    const [before, after] = [points[at - 1], points[at + 1]];
    if (!before || !after) return true;
    const isLevel = before[1] === y && after[1] === y;
    const isUpright = before[0] === x && after[0] === x;
    return !isLevel && !isUpright;
  });
  const [start = [0, 0]] = corners;
  let path = `M${round(start[0])},${round(start[1])}`;
  for (let at = 1; at < corners.length; at++) {
    const [before, here, after] = [corners[at - 1], corners[at], corners[at + 1]];
    if (before && here) path += segment(before, here, after, at === 1, at + 2 === corners.length);
  }
  return path;
}

/** A straight piece up to a corner, and the corner itself where the line goes on. */
function segment(
  before: Point,
  here: Point,
  after: Point | undefined,
  isFirst: boolean,
  isLastCorner: boolean,
): string {
  const isLevel = before[1] === here[1];
  const [axis, other] = isLevel ? ([0, 1] as const) : ([1, 0] as const);
  const command = isLevel ? 'H' : 'V';
  if (!after) return `${command}${round(here[axis])}`;
  const length = Math.abs(here[axis] - before[axis]) / (isFirst ? 1 : 2);
  const next = Math.abs(after[other] - here[other]) / (isLastCorner ? 1 : 2);
  const radius = Math.min(cornerRadius, length, next);
  const ahead = Math.sign(here[axis] - before[axis]) * radius;
  const aside = Math.sign(after[other] - here[other]) * radius;
  const end = `${command}${round(here[axis] - ahead)}`;
  const [x, y] = isLevel ? [ahead, aside] : [aside, ahead];
  const control = isLevel ? `${round(ahead)},0` : `0,${round(ahead)}`;
  return `${end}q${control} ${round(x)},${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

import { select } from 'd3-selection';
import type { MeasureText } from './layout/breakRows';
import type { GraphLayout } from './layout/graphLayout';
import type { GraphNode } from './layout/graphNodes';
import { outline, type PlacedNode } from './layout/placedNode';
import type { Stop } from './layout/stops';
import { encloses, overlaps, type Rect, type Size } from '../draw/rect';
import { defineArrowHead, drawArrows } from './drawArrows';
import { drawBrackets } from './drawBrackets';
import { drawNode, type NodeLooks } from './drawNode';
import { markFace } from './drawFace';

/** Which blocks stand out, by id. */
export interface Marks {
  readonly selected: string | undefined;
  readonly matches: ReadonlySet<string>;
  readonly current: string | undefined;
  /** The only part of the graph that Tab reaches. */
  readonly tabStop: Stop | undefined;
}

/** A graph of more blocks is drawn only where it is looked at. */
const mostDrawn = 100;

/** A drawing of the graph in no page, from 0, 0. */
export interface GraphPicture extends Size {
  readonly svg: SVGSVGElement;
}

/** The SVG of the graph: draws a layout, marks blocks, moves the whole. Knows no state. */
export class GraphDrawing {
  readonly svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  private readonly world;
  private readonly arrows;
  private readonly brackets;
  private readonly nodes;
  private layout: GraphLayout | undefined;
  private looksOf: ((placed: PlacedNode) => NodeLooks) | undefined;
  /** Around what is seen, as far as a person may pan before more is drawn; undefined for a drawing that nobody pans. */
  private area: Rect | undefined;

  constructor(private readonly measure: MeasureText) {
    const svg = select(this.svg)
      .attr('class', 'graph')
      .attr('role', 'application')
      .attr('tabindex', -1)
      .attr('aria-roledescription', 'layer graph')
      .attr('aria-label', 'Layer graph: arrow keys walk, Enter opens details, t shows a table');
    defineArrowHead(svg);
    this.world = svg.append('g').attr('class', 'world');
    this.brackets = this.world.append('g');
    this.nodes = this.world.append('g');
    this.arrows = this.world.append('g').attr('aria-hidden', 'true');
  }

  /** Draws a layout: all of it, or of a large one what is near to what was last looked at. */
  draw(layout: GraphLayout, looksOf: (placed: PlacedNode) => NodeLooks): void {
    if (layout !== this.layout) this.place(layout);
    this.layout = layout;
    this.looksOf = looksOf;
    this.drawNear();
  }

  /** The part of the graph that is seen, in its own pixels. */
  look(seen: Rect): void {
    if (this.area && encloses(this.area, seen)) return;
    const { x, y, width, height } = seen;
    this.area = { x: x - width, y: y - height, width: 3 * width, height: 3 * height };
    if (this.layout) this.drawNear();
  }

  /** Of hundreds of blocks the browser paints each in every frame of a pan, in sight or not. */
  private drawNear(): void {
    const { layout, area, looksOf } = this;
    const isLarge = (layout?.nodes.length ?? 0) > mostDrawn;
    this.nodes.selectAll<SVGGElement, PlacedNode>('g.node').each(function (placed) {
      const isAway = isLarge && area !== undefined && !overlaps(outline(placed), area);
      mark(this, 'away', isAway);
      if (!isAway && looksOf) drawNode(this, placed, looksOf(placed));
    });
  }

  /** What stands where, without its looks. */
  private place({ arrows, brackets, nodes }: GraphLayout): void {
    drawArrows(this.arrows, arrows);
    drawBrackets(this.brackets, brackets, this.measure);
    this.nodes
      .selectAll<SVGGElement, PlacedNode>('g.node')
      .data(nodes, ({ node }) => node.id)
      .join((enter) => {
        const node = enter.append('g');
        node.append('g').attr('class', 'button-area').attr('role', 'button');
        return node;
      })
      .order()
      .attr('class', ({ node }) => `node ${node.form} ${stateOf(node)}`)
      .attr('data-family', ({ node }) => node.family)
      .each(function (placed) {
        nameButton(this.querySelector('.button-area'), placed);
      });
  }

  /** Touches only what is marked otherwise than before: the browser works out anew what it is told again. */
  mark({ selected, matches, current, tabStop }: Marks): void {
    this.nodes.selectAll<SVGGElement, PlacedNode>('g.node').each(function ({ node: { id } }) {
      mark(this, 'selected', id === selected);
      mark(this, 'match', matches.has(id));
      mark(this, 'current', id === current);
      const button = this.querySelector('.button-area');
      if (button) give(button, 'aria-pressed', String(id === selected));
    });
    const reached = tabStop && this.elementOf(tabStop);
    for (const part of this.svg.querySelectorAll('.button-area, [data-block]')) {
      give(part, 'tabindex', part === reached ? '0' : '-1');
    }
  }

  /** Marks parts of the faces, from 0 to 1. */
  probe(rectsOf: (placed: PlacedNode) => readonly Rect[]): void {
    this.nodes.selectAll<SVGGElement, PlacedNode>('g.node').each(function (placed) {
      markFace(this.querySelector('.face'), rectsOf(placed));
    });
  }

  move(transform: { readonly k: number; readonly x: number; readonly y: number }): void {
    const { k, x, y } = transform;
    this.world.attr('transform', `translate(${x},${y}) scale(${k})`);
  }

  /** Where all other blocks are in the window. */
  ringsBut(id: string): readonly Rect[] {
    const rings = [...this.svg.querySelectorAll<SVGGElement>('.button-area')]
      .filter((button) => idOf(button) !== id)
      .map((button) => button.querySelector('.ring')?.getBoundingClientRect());
    return rings.filter((ring) => ring !== undefined).filter(({ width }) => width > 0);
  }

  /** The focusable element of a stop. */
  elementOf({ kind, id }: Stop): SVGGElement | undefined {
    if (kind === 'layer') return this.buttonOf(id);
    return this.svg.querySelector<SVGGElement>(`[data-block="${CSS.escape(id)}"]`) ?? undefined;
  }

  /** The focusable element of a block. */
  buttonOf(id: string): SVGGElement | undefined {
    return this.nodes
      .selectAll<SVGGElement, PlacedNode>('.button-area')
      .nodes()
      .find((button) => idOf(button) === id);
  }
}

function mark({ classList }: Element, name: string, isOn: boolean): void {
  if (classList.contains(name) !== isOn) classList.toggle(name, isOn);
}

function give(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Whether a block has an output: not by its own fault, or by that of one before it. */
function stateOf({ id, problem }: GraphNode): 'whole' | 'faulty' | 'shapeless' {
  if (!problem) return 'whole';
  return problem.layer === id ? 'faulty' : 'shapeless';
}

function nameButton(button: Element | null, { node }: PlacedNode): void {
  button?.setAttribute(node.folded ? 'data-folded' : 'data-layer', node.id);
  button?.setAttribute('aria-label', node.label);
}

function idOf({ dataset }: SVGGElement): string | undefined {
  return dataset['layer'] ?? dataset['folded'];
}

/** Which stop an event happened on. */
export function stopAt(target: EventTarget | null): Stop | undefined {
  const block = bracketAt(target);
  if (block !== undefined) return { kind: 'title', id: block };
  const id = nodeIdAt(target);
  return id === undefined ? undefined : { kind: 'layer', id };
}

/** The id of the block that an event happened on. */
export function nodeIdAt(target: EventTarget | null): string | undefined {
  const node = target instanceof Element ? target.closest('g.node') : null;
  const button = node?.querySelector<SVGGElement>('.button-area');
  return button ? idOf(button) : undefined;
}

/** The title of the bracket that an event happened on. */
function bracketAt(target: EventTarget | null): string | undefined {
  const title = target instanceof Element ? target.closest<SVGGElement>('[data-block]') : null;
  return title?.dataset['block'];
}

/** Measures lines as the page's own font draws them under a block. */
export function textMeasure(pixels: number): MeasureText {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return (text) => text.length * pixels * 0.6;
  context.font = `${pixels}px ${getComputedStyle(document.body).fontFamily}`;
  const known = new Map<string, number>();
  return (text) => {
    const width = known.get(text) ?? context.measureText(text).width;
    known.set(text, width);
    return width;
  };
}

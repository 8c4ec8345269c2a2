import { svg } from '../draw/element';
import { amounts, scaleTicks, type AmountScale } from '../graph/colouring';
import type { GraphPicture } from '../graph/graphDrawing';
import { amountColours } from '../legend/scales';

const stop = { width: 20, height: 10 };
const room = 48;
const margin = 16;

/** The graph with the scale of its colours under it: a file has no legend. */
export function withScale(
  { svg: graph, width, height }: GraphPicture,
  scale: AmountScale,
): GraphPicture {
  const colours = amountColours();
  const bar = { width: colours.length * stop.width, top: height + margin / 2 };
  const ticks = scaleTicks(scale);
  const words = (x: number, anchor: string, text: string): SVGTextElement => {
    const y = bar.top + stop.height + margin;
    const made = svg('text', { x, y, style: `fill: var(--muted); text-anchor: ${anchor}` });
    made.textContent = text;
    return made;
  };
  const place = (index: number): readonly [number, string] => {
    const share = ticks.length > 1 ? index / (ticks.length - 1) : 0;
    return [margin + share * bar.width, { 0: 'start', 1: 'end' }[share] ?? 'middle'];
  };
  const group = svg(
    'g',
    { style: 'font-size: var(--text-label)' },
    ...colours.map((colour, index) => {
      const x = margin + index * stop.width;
      return svg('rect', { x, y: bar.top, ...stop, style: `fill: ${colour}` });
    }),
    ...ticks.map((tick, index) => words(...place(index), tick)),
    words(2 * margin + bar.width, 'start', amounts[scale.amount].unit),
  );
  graph.append(group);
  return { svg: graph, width, height: height + room };
}

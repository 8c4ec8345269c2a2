import type { Selection } from 'd3-selection';
import { bracketTitle, type Bracket } from './layout/brackets';
import { chevronRoom } from './layout/placedNode';

type Layer = Selection<SVGGElement, unknown, null, undefined>;

const tick = 5;
const textHeight = 18;

/** Brackets with their titles; the first of a block is the button that folds it. */
export function drawBrackets(
  layer: Layer,
  brackets: readonly Bracket[],
  measure: (text: string) => number,
): void {
  layer
    .selectAll<SVGGElement, Bracket>('g.bracket')
    .data(brackets, ({ title, first, row }) => `${title} ${first ? '' : row}`)
    .join((enter) => {
      const bracket = enter.append('g').attr('class', 'bracket');
      bracket.append('path').attr('class', 'bracket-line');
      const title = bracket.append('g').attr('class', 'bracket-title');
      title.append('rect').attr('class', 'ring').attr('rx', 3);
      title.append('path').attr('class', 'bracket-chevron');
      title.append('text');
      return bracket;
    })
    .order()
    .each(function (bracket) {
      const { left, right, y } = bracket;
      const line = `M${left},${y + tick}V${y}H${right}V${y + tick}`;
      this.querySelector('.bracket-line')?.setAttribute('d', line);
      const title = this.querySelector('.bracket-title');
      if (title) drawTitle(title, bracket, measure);
    });
}

function drawTitle(target: Element, bracket: Bracket, measure: (text: string) => number): void {
  const { title, y, folded, first } = bracket;
  const { words, start, width } = bracketTitle(bracket, measure, chevronRoom);
  const set = (selector: string, attributes: Readonly<Record<string, string | number>>): void => {
    const part = target.querySelector(selector);
    for (const [name, value] of Object.entries(attributes)) part?.setAttribute(name, String(value));
  };
  set('.ring', {
    x: start - 4,
    y: y - textHeight - 3,
    width: width + 8,
    height: textHeight,
  });
  const chevron = folded ? `M${start + 2},${y - 16}l4,4l-4,4` : `M${start},${y - 14}l4,4l4,-4`;
  set('.bracket-chevron', { d: first ? chevron : '' });
  set('text', { x: start + (first ? chevronRoom : 0), y: y - 8 });
  const text = target.querySelector('text');
  if (text) text.textContent = words;
  if (!first) return;
  target.setAttribute('role', 'button');
  target.setAttribute('data-block', title);
  target.setAttribute('aria-label', title);
  target.setAttribute('aria-expanded', String(!folded));
}

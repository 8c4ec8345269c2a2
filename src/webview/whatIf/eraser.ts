import type { Erased } from '../../protocol/changedRun';
import type { RunView } from '../../protocol/panelProtocol';
import type { RgbPicture } from '../../protocol/runMaps';
import { zeroColour } from '../draw/baselineWords';
import { Choice } from '../draw/choice';
import { element } from '../draw/element';
import type { Actions } from '../state/actions';
import { largestBrush, leastBrush, type EraserFill } from '../state/explainLook';
import type { Model } from '../state/model';
import { EraserStage } from './eraserStage';

/** Takes parts of the picture away, to see what becomes of the top 5. */
export class Eraser {
  readonly element: HTMLElement;
  private readonly stage: EraserStage;
  private readonly brush: HTMLInputElement;
  private readonly size = element('span', { class: 'percent' });
  private readonly fill: Choice<EraserFill>;
  private readonly swatch = element('div', { class: 'explain-swatch', 'aria-hidden': 'true' });
  private run: RunView | undefined;
  private filling: EraserFill = 'zero';
  private hasErased = false;

  constructor(private readonly actions: Pick<Actions, 'look' | 'tell'>) {
    this.stage = new EraserStage({
      erase: (areas, stroke) => this.tell({ areas, fill: this.fillValue }, stroke),
    });
    this.brush = element('input', {
      type: 'range',
      min: leastBrush,
      max: largestBrush,
      step: 4,
      'aria-label': 'Side of the square that erases, in pixels of the network’s input',
    });
    this.brush.addEventListener('input', () =>
      actions.look({ explain: { brush: Number(this.brush.value) } }),
    );
    const fills = { zero: 'zero of the input', mean: 'mean colour' } as const;
    this.fill = new Choice('Erased pixels become', fills, (fill) => this.choose(fill));
    this.fill.element.append(this.swatch);
    this.element = element(
      'div',
      { class: 'explain-figure' },
      this.stage.element,
      element(
        'div',
        { class: 'eraser-tools' },
        element('label', { class: 'opacity' }, 'Brush', this.brush, this.size),
        this.fill.element,
      ),
    );
  }

  focus(): void {
    this.stage.focus();
  }

  update({ state, original, view }: Model): void {
    this.run = original;
    if (!original) return;
    const { brush, fill } = view.explain;
    this.filling = fill;
    this.brush.value = String(brush);
    this.size.textContent = `${brush} px`;
    this.fill.update(fill);
    const colour = colourOf(original, fill);
    this.swatch.style.backgroundColor = `rgb(${colour.join(' ')})`;
    const areas = state.whatIf?.changes.erased?.areas ?? none;
    this.hasErased = areas.length > 0;
    this.stage.update({ seen: original.seen, areas, colour, brush });
  }

  private get fillValue(): Erased['fill'] {
    const { run, filling } = this;
    return filling === 'zero' || !run ? 'zero' : { rgb: meanColour(run.seen) };
  }

  /** What is erased already takes it too. */
  private choose(fill: EraserFill): void {
    this.filling = fill;
    this.actions.look({ explain: { fill } });
    if (this.hasErased) this.tell({ areas: [], fill: this.fillValue }, Date.now());
  }

  private tell(erased: Erased, stroke: number): void {
    if (this.run) this.actions.tell('erase', { of: this.run.runId, stroke, ...erased });
  }
}

const none: Erased['areas'] = [];

type Colour = readonly [red: number, green: number, blue: number];

function colourOf({ preprocess, seen }: RunView, fill: EraserFill): Colour {
  return fill === 'zero' ? zeroColour(preprocess) : meanColour(seen);
}

const known = new WeakMap<RgbPicture, Colour>();

/** The mean of a picture's pixels, in whole numbers from 0 to 255. */
export function meanColour(picture: RgbPicture): Colour {
  const before = known.get(picture);
  if (before) return before;
  const sums = [0, 0, 0];
  picture.rgb.forEach((value, at) => (sums[at % 3] = (sums[at % 3] ?? 0) + value));
  const mean = (channel: number): number =>
    Math.round((3 * (sums[channel] ?? 0)) / picture.rgb.length);
  const colour: Colour = [mean(0), mean(1), mean(2)];
  known.set(picture, colour);
  return colour;
}

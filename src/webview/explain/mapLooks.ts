import { Choice } from '../draw/choice';
import { element } from '../draw/element';
import type { Actions } from '../state/actions';
import type { ExplainLook } from '../state/explainLook';
import type { TargetKind } from './unitTarget';

const step = 5;

/** How the map lies over the picture: how strongly, from which strength on, and how finely where it is one of pixels. */
export class ExplainLooks {
  readonly element: HTMLElement;
  private readonly opacity: Share;
  private readonly threshold: Share;
  private readonly grain: Choice<ExplainLook['grain']>;
  private readonly scale: Choice<ExplainLook['scale']>;
  private readonly unitScale: Choice<ExplainLook['scale']>;

  constructor({ look }: Pick<Actions, 'look'>) {
    this.opacity = new Share('Opacity', 'Opacity of the map over the picture', (opacity) =>
      look({ explain: { opacity } }),
    );
    this.threshold = new Share(
      'Threshold',
      'Share of the scale below which nothing is drawn',
      (threshold) => look({ explain: { threshold } }),
    );
    const grains = { squares: 'summed in squares', pixels: 'each alone' } as const;
    this.grain = new Choice('Pixels', grains, (grain) => look({ explain: { grain } }));
    const scales = { method: 'of this method', all: 'of all maps in logits' } as const;
    const take = (scale: ExplainLook['scale']): void => look({ explain: { scale } });
    this.scale = new Choice('Colour scale', scales, take);
    const unitScales = { method: 'of this method', all: 'of all maps in its value' } as const;
    this.unitScale = new Choice('Colour scale', unitScales, take);
    this.element = element(
      'div',
      { class: 'explain-looks' },
      this.opacity.element,
      this.threshold.element,
      this.scale.element,
      this.unitScale.element,
      this.grain.element,
    );
  }

  /** `shares`: whose value the maps are parts of; undefined where they are of none. */
  update(
    { opacity, threshold, grain, scale }: ExplainLook,
    { ofPixels, shares }: { readonly ofPixels: boolean; readonly shares: TargetKind | undefined },
  ): void {
    this.opacity.update(opacity);
    this.threshold.update(threshold);
    this.grain.update(grain);
    this.grain.element.hidden = !ofPixels;
    this.scale.update(scale);
    this.unitScale.update(scale);
    // Other numbers have nothing in common.
    this.scale.element.hidden = shares !== 'class';
    this.unitScale.element.hidden = shares === undefined || shares === 'class';
  }
}

/** A part of a whole, from 0 to 1, as a slider with its percents. */
class Share {
  readonly element: HTMLElement;
  private readonly slider: HTMLInputElement;
  private readonly percent = element('span', { class: 'percent' });

  constructor(label: string, name: string, change: (share: number) => void) {
    this.slider = element('input', { type: 'range', min: 0, max: 100, step, 'aria-label': name });
    this.slider.addEventListener('input', () => change(Number(this.slider.value) / 100));
    this.element = element('label', { class: 'opacity' }, label, this.slider, this.percent);
  }

  update(share: number): void {
    const percent = Math.round(100 * share);
    this.slider.value = String(percent);
    this.percent.textContent = `${percent} %`;
  }
}

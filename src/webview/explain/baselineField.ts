import type { ExplanationBaseline } from '../../protocol/explanation';
import type { RunView } from '../../protocol/panelProtocol';
import { element } from '../draw/element';
import { pictureImage } from '../draw/pixels';
import { dirtyCheck } from '../draw/redraw';
import { zeroColour } from '../draw/baselineWords';

type Colour = readonly [red: number, green: number, blue: number];

interface BaselineChoices {
  readonly run: RunView;
  /** Other runs whose pictures it may be. */
  readonly others: readonly RunView[];
}

/** A picture without the cause: zero to the network, a colour, another run's picture; whichever it is, it is shown. */
export class BaselineField {
  readonly element: HTMLElement;
  private readonly picture = element('img', { class: 'explain-baseline-picture', alt: '' });
  private readonly swatch = element('span', { class: 'explain-swatch', 'aria-hidden': 'true' });
  private readonly colour = element('input', { type: 'color', 'aria-label': 'Baseline’s colour' });
  private readonly changed = dirtyCheck();

  constructor(
    readonly control: HTMLSelectElement,
    private readonly choose: (baseline: ExplanationBaseline) => void,
  ) {
    control.addEventListener('change', () => this.choose(this.chosen(control.value)));
    this.colour.addEventListener('change', () => this.choose({ rgb: rgbOf(this.colour.value) }));
    this.element = element(
      'span',
      { class: 'explain-baseline-field' },
      control,
      this.swatch,
      this.colour,
      this.picture,
    );
  }

  update(baseline: ExplanationBaseline, { run, others }: BaselineChoices): void {
    if (!this.changed(JSON.stringify(baseline), run, others.map(({ runId }) => runId).join(' ')))
      return;
    const names = others.map(({ runId, name }) => [String(runId), name] as const);
    const options = [['zero', 'zero'] as const, ['colour', 'a colour'] as const, ...names];
    const value = valueOf(baseline);
    // One that was let go since is still what is asked for.
    const isLost = !options.some(([id]) => id === value);
    this.control.replaceChildren(
      ...options.map(([id, words]) => element('option', { value: id }, words)),
      ...(isLost ? [element('option', { value }, `the picture of run ${value}`)] : []),
    );
    this.control.value = value;
    const seen = others.find(({ runId }) => String(runId) === value)?.seen;
    this.picture.hidden = seen === undefined;
    if (seen) this.picture.src = pictureImage(seen);
    this.swatch.hidden = baseline !== 'zero';
    this.swatch.style.backgroundColor = `rgb(${zeroColour(run.preprocess).join(' ')})`;
    this.colour.hidden = value !== 'colour';
    if (typeof baseline === 'object' && 'rgb' in baseline) this.colour.value = hexOf(baseline.rgb);
  }

  private chosen(value: string): ExplanationBaseline {
    if (value === 'zero') return value;
    return value === 'colour' ? { rgb: rgbOf(this.colour.value) } : { runId: Number(value) };
  }
}

function valueOf(baseline: ExplanationBaseline): string {
  if (baseline === 'zero') return baseline;
  return 'rgb' in baseline ? 'colour' : String(baseline.runId);
}

function rgbOf(hex: string): Colour {
  const at = (from: number): number => parseInt(hex.slice(from, from + 2), 16);
  return [at(1), at(3), at(5)];
}

function hexOf(rgb: Colour): string {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

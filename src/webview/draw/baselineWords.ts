import type { Preprocess } from '../../network/preprocess/preprocess';
import type { ExplanationBaseline } from '../../protocol/explanation';
import type { RunView } from '../../protocol/panelProtocol';
import { element } from './element';
import { pictureImage } from './pixels';
import { clamp } from './rect';

type Colour = readonly [red: number, green: number, blue: number];

/** The colour, from 0 to 255, that becomes zero in the network's own input: (colour · scale − mean) / std is 0. */
export function zeroColour({ order, scale, mean }: Preprocess): Colour {
  const at = (letter: string): number =>
    Math.round(clamp((mean[order.indexOf(letter)] ?? 0) / scale, 0, 255));
  return [at('R'), at('G'), at('B')];
}

/** The colour of a baseline, from 0 to 255; grey where it is another picture. */
export function baselineColour(baseline: ExplanationBaseline, preprocess: Preprocess): Colour {
  if (baseline === 'zero') return zeroColour(preprocess);
  return 'rgb' in baseline ? baseline.rgb : [128, 128, 128];
}

/** What stands for a picture without the cause, named and shown; `other` is the run whose picture it is. */
export function baselinePicture(
  baseline: ExplanationBaseline,
  preprocess: Preprocess,
  other?: Pick<RunView, 'seen' | 'name'>,
): HTMLElement {
  if (typeof baseline === 'object' && 'runId' in baseline) {
    const words = other?.name ?? `the picture of run ${baseline.runId}`;
    const seen = other
      ? [element('img', { class: 'explain-baseline-seen', alt: '', src: pictureImage(other.seen) })]
      : [];
    return element('span', { class: 'explain-baseline' }, ...seen, words);
  }
  const isZero = baseline === 'zero';
  const colour = baselineColour(baseline, preprocess);
  const swatch = element('span', { class: 'explain-swatch', 'aria-hidden': 'true' });
  swatch.style.backgroundColor = `rgb(${colour.join(' ')})`;
  const words = `${colourName(colour)}${isZero ? ', which is zero to this network' : ''}`;
  return element('span', { class: 'explain-baseline' }, swatch, words);
}

function colourName(colour: Colour): string {
  if (colour.every((value) => value === 0)) return 'black';
  if (colour.every((value) => value === 255)) return 'white';
  return `the colour ${colour.join(', ')}`;
}

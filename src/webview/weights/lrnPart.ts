import type { LayerOf } from '../../network/layers/layer';
import { element, svg } from '../draw/element';
import { factList, type Fact } from '../draw/factList';
import { formatValue } from '../draw/numberFormat';
import { placeIn, stepThrough } from '../draw/stepper';

type Layer = LayerOf<'LocalResponseNormalization'>;

/** Local response normalisation has no weights but four numbers: they, and what they do to a value. */
export function lrnPart(layer: Layer): HTMLElement {
  return element(
    'section',
    { class: 'weights-part', 'aria-labelledby': 'weights-lrn' },
    element('h3', { id: 'weights-lrn' }, 'No weights: four constants'),
    factList(constants(layer)),
    element('p', { class: 'quiet' }, 'y = x / (k + alpha · Σ x²)^beta, the sum over n channels'),
    curve(layer),
  );
}

function constants({ depthRadius, bias, alpha, beta }: Layer): readonly Fact[] {
  const channels = 2 * depthRadius + 1;
  return [
    { term: 'n', value: `${channels} channels: its own and ${depthRadius} on each side` },
    { term: 'k', value: String(bias) },
    { term: 'alpha', value: `${alpha} for each channel of the sum` },
    { term: 'beta', value: String(beta) },
  ];
}

function curve(layer: Layer): HTMLElement {
  const { inputs, alone, together } = lrnCurve(layer);
  const last = inputs.length - 1;
  const top = Math.max(...alone, ...together) || 1;
  const path = (values: readonly number[]): string =>
    `M${values.map((value, i) => `${i} ${1 - value / top}`).join('L')}`;
  const mark = svg('path', { class: 'mark' });
  const drawing = svg(
    'svg',
    { viewBox: `0 -0.04 ${last} 1.08`, preserveAspectRatio: 'none' },
    mark,
    svg('path', { class: 'curve alone', d: path(alone) }),
    svg('path', { class: 'curve together', d: path(together) }),
  );
  const words = (index: number): string =>
    [
      `x = ${formatValue(inputs[index] ?? NaN)}:`,
      `${formatValue(alone[index] ?? NaN)} alone,`,
      `${formatValue(together[index] ?? NaN)} among equals`,
    ].join(' ');
  const hint = 'Point at the curve, or use the arrow keys.';
  const reading = element('p', { class: 'reading quiet' }, hint);
  stepThrough(drawing, {
    label: 'Response to x, sample',
    count: inputs.length,
    at: (event) => Math.min(last, Math.max(0, Math.round(placeIn(drawing, event).x * last))),
    words,
    show: (index) => {
      reading.textContent = index === undefined ? hint : words(index);
      reading.classList.toggle('quiet', index === undefined);
      mark.setAttribute('d', index === undefined ? '' : `M${index} -0.04V1.04`);
    },
  });
  return element(
    'div',
    { class: 'unit-plot curve-plot' },
    element(
      'div',
      { class: 'plot-head' },
      element('span', { class: 'key alone' }, 'x alone, its neighbours 0'),
      element('span', { class: 'key together' }, 'among neighbours equal to x'),
    ),
    element(
      'div',
      { class: 'plot-scale' },
      element('span', {}, formatValue(top)),
      element('span', {}, '0'),
    ),
    drawing,
    element(
      'div',
      { class: 'axis' },
      element('span', {}, 'x = 0'),
      element('span', {}, formatValue(inputs[last] ?? 0)),
    ),
    reading,
  );
}

type Settings = Pick<
  LayerOf<'LocalResponseNormalization'>,
  'depthRadius' | 'bias' | 'alpha' | 'beta'
>;

/** What comes out for what goes in: where a channel answers alone, and where all its neighbours answer alike. */
interface LrnCurve {
  readonly inputs: readonly number[];
  readonly alone: readonly number[];
  readonly together: readonly number[];
}

const samples = 101;

/** Far enough that the sum of squares outweighs k several times. */
const reachOverKnee = 2.5;

/** The response of local response normalisation, x / (k + alpha · Σ x²)^beta, from 0 to where it bends. */
export function lrnCurve({ depthRadius, bias, alpha, beta }: Settings): LrnCurve {
  const knee = alpha > 0 && bias > 0 ? Math.sqrt(bias / alpha) : 1;
  const end = roundUp(reachOverKnee * knee);
  const inputs = Array.from({ length: samples }, (_, i) => (end * i) / (samples - 1));
  const response = (x: number, channels: number): number =>
    x / (bias + alpha * channels * x * x) ** beta;
  return {
    inputs,
    alone: inputs.map((x) => response(x, 1)),
    together: inputs.map((x) => response(x, 2 * depthRadius + 1)),
  };
}

/** To two digits, so that the axis ends in a plain number. */
function roundUp(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / unit) * unit;
}

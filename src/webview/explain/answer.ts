import type { Explanation } from '../../protocol/explanation';
import type { RunView } from '../../protocol/panelProtocol';
import { colourBar } from '../draw/colourBar';
import { element } from '../draw/element';
import { factList } from '../draw/factList';
import { formatMilliseconds, formatValue, signed } from '../draw/numberFormat';
import type { ExplainLook, MapScale } from '../state/explainLook';
import { baselinePicture } from '../draw/baselineWords';
import {
  completenessWords,
  signWords,
  targetWords,
  verdictWords,
  type Named,
} from './explainWords';
import { scaleStops } from './mapScale';
import type { TargetKind } from './unitTarget';
import { methodWords, saysOf, unitOf } from './methodWords';

interface Answered {
  readonly explanation: Explanation;
  readonly run: RunView;
  readonly named: Named;
  /** The values as they are drawn. */
  readonly values: Float32Array;
  readonly reach: number;
  readonly look: Pick<ExplainLook, 'threshold' | 'scale'>;
  /** The run whose picture is the baseline, where it is one's. */
  readonly other: RunView | undefined;
}

const scaleWords: Readonly<Record<MapScale, string>> = {
  method: 'all classes by this method',
  all: 'all maps of this picture',
};
const unitScaleWords: Readonly<Record<MapScale, string>> = {
  method: 'all such targets of its layer by this method',
  all: 'all maps of such targets of its layer',
};

/** What came out, in words: the value, whether anything speaks for it, what the colours mean, what the method can say. */
export function answerParts(answered: Answered): readonly HTMLElement[] {
  const { explanation, run, named, values, reach, look, other } = answered;
  const { method } = explanation.recipe;
  const { kind = 'class' } = named;
  const scale = methodWords[method].unit === 'logits' ? look.scale : 'method';
  const verdict = verdictWords(method, values, named);
  const complete = completenessWords(explanation);
  const ticks = reach === 0 ? ['', '0', ''] : [signed(-reach), '0', signed(reach)];
  const bar = colourBar('diverging', ticks, scaleStops(look.threshold));
  bar.classList.add('explain-scale');
  return [
    ...(run.trained ? [] : [untrained(kind)]),
    ...(verdict === undefined ? [] : [element('p', { class: 'explain-verdict' }, verdict)]),
    factList(facts(answered)),
    element(
      'figure',
      { class: 'explain-scale-figure' },
      bar,
      element(
        'figcaption',
        { class: 'quiet' },
        `${unitOf(method, kind)}, on one scale for ${(kind === 'class' ? scaleWords : unitScaleWords)[scale]}`,
      ),
    ),
    element('p', {}, signWords(method, named)),
    element('p', { class: 'quiet' }, saysOf(method, kind)),
    ...(complete === undefined ? [] : [element('p', { class: 'quiet' }, complete)]),
    ...baselinePart(explanation, run, other),
  ];
}

function facts({ explanation, named, values }: Answered): Parameters<typeof factList>[0] {
  const { value, baseline, milliseconds } = explanation;
  const least = values.reduce((low, each) => Math.min(low, each), Infinity);
  const most = values.reduce((high, each) => Math.max(high, each), -Infinity);
  return [
    { term: targetWords(named), value: formatValue(value) },
    ...(baseline ? [{ term: 'On the baseline', value: formatValue(baseline.value) }] : []),
    { term: 'Map', value: `from ${signed(least)} to ${signed(most)}` },
    { term: 'Time', value: formatMilliseconds(milliseconds) },
  ];
}

function untrained(kind: TargetKind): HTMLElement {
  const what = kind === 'class' ? 'label' : kind;
  const words = `Untrained weights: the ${what} means nothing, and neither does what speaks for it.`;
  return element('p', { class: 'note' }, words);
}

function baselinePart(
  { recipe }: Explanation,
  { preprocess }: RunView,
  other: RunView | undefined,
): readonly HTMLElement[] {
  if (!('baseline' in recipe.settings)) return [];
  const { baseline } = recipe.settings;
  const picture = baselinePicture(baseline, preprocess, other);
  return [element('p', { class: 'quiet' }, 'Baseline: ', picture, '.')];
}

import { activationTitle } from '../../network/layers/activations';
import type { Layer } from '../../network/layers/layer';
import { kindTitle, settingWords } from '../../network/layers/layerRules';
import type { UnresolvedLayer } from '../../network/network';
import { parameterFormula } from '../../network/summary';
import type { ReceptiveField } from '../../network/receptiveField';
import type { Reason } from '../../network/reason';
import { formatShape } from '../../network/tensor/shape';
import type { LayerSummary, Totals } from '../../network/summary';
import { element } from '../draw/element';
import { type Fact, factList } from '../draw/factList';
import { sentence } from '../draw/resource';
import { formatBytes, formatCount, formatMilliseconds, formatShare } from '../draw/numberFormat';

/** How long a layer took, and on what. */
export interface Timing {
  readonly milliseconds: number;
  readonly backend: string;
}

/** What a card says of one layer. */
interface FactSources {
  readonly layer: Layer;
  readonly summary: LayerSummary;
  readonly totals: Totals;
  readonly timing: Timing | undefined;
}

/** Everything the hover card and the details pane state of a layer, in reading order. */
export function layerFacts({ layer, summary, totals, timing }: FactSources): readonly Fact[] {
  const facts: Fact[] = [
    {
      term: 'Input → output',
      value: `${inputWords(summary)} → ${formatShape(summary.outputShape)}`,
    },
    ...settingWords(layer),
    { term: 'Parameters', value: parameterWords(layer, summary, totals) },
    {
      term: 'MACs',
      value: withShare(formatCount(summary.macs), summary.macs, totals.macs),
    },
    { term: 'Activations', value: `${formatBytes(summary.activationBytes)} float32` },
    {
      term: 'Receptive field',
      value: fieldWords(summary.receptiveField),
    },
  ];
  if (timing) {
    const { milliseconds, backend } = timing;
    facts.push({ term: 'Last run', value: `${formatMilliseconds(milliseconds)} on ${backend}` });
  }
  return facts;
}

function inputWords({ inputShape, inputShapes }: LayerSummary): string {
  return (inputShapes.length > 1 ? inputShapes : [inputShape]).map(formatShape).join(' + ');
}

/** `Conv2D, ReLU`: the kind with the activation built into it. */
export function kindWords(layer: Layer): string {
  const title = kindTitle(layer);
  if (!('activation' in layer) || layer.activation === 'linear') return title;
  return `${title}, ${activationTitle(layer.activation)}`;
}

/** Why a layer has no output: its own fault, or that of the layer that it follows from. */
export function problemWords({ name, problem }: Pick<UnresolvedLayer, 'name' | 'problem'>): string {
  const { layer, sentence } = problem;
  const fault = sentence.startsWith(`${layer}: `) ? sentence.slice(layer.length + 2) : sentence;
  return layer === name ? fault : `follows from ${layer}, which has no output: ${fault}`;
}

/** Why a layer has no output, as a note, and what it is applied to. */
export function problemNotes(
  layer: Pick<UnresolvedLayer, 'name' | 'inputs' | 'problem'>,
): readonly HTMLElement[] {
  const inputs = { term: 'Inputs', value: layer.inputs.join(', ') || 'none' };
  const output = { term: 'Output', value: '?' };
  return [
    element('p', { class: 'note' }, sentence(problemWords(layer))),
    factList([inputs, output]),
  ];
}

/** The paper's reason for a layer, and where the network departs from it. */
export function reasonNotes(reason: Reason | undefined): readonly HTMLElement[] {
  if (!reason) return [];
  const why = element('p', { class: 'reason' }, reasonWords(reason));
  if (reason.departure === undefined) return [why];
  const departs = element(
    'p',
    { class: 'reason departure' },
    element('strong', {}, 'Unlike the paper: '),
    reason.departure,
  );
  return [why, departs];
}

/** `§3.5: …`: where the paper asks for the layer. */
export function reasonWords({ section, text }: Reason): string {
  return section === undefined ? text : `§${section}: ${text}`;
}

function fieldWords({ rows, columns }: ReceptiveField): string {
  const every = (stride: number): string => (stride === 1 ? 'pixel' : `${rounded(stride)} px`);
  const strides =
    rows.stride === columns.stride
      ? every(rows.stride)
      : `${rounded(rows.stride)} px down, ${rounded(columns.stride)} px across`;
  const both = [rows, columns].map(({ size }) => Math.ceil(size)).join(' × ');
  // Where values were moved about, every cell may see all.
  return rows.stride === 0 ? `${both} px, the same for all` : `${both} px, every ${strides}`;
}

/** Strides are shares of a pixel where maps became larger. */
function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function parameterWords(layer: Layer, summary: LayerSummary, totals: Totals): string {
  if (layer.weightsOf !== undefined) return `those of ${layer.weightsOf}, counted there`;
  const { parameters, trainableParameters } = summary;
  const formula = parameterFormula(layer) ?? '0';
  const frozen =
    trainableParameters === parameters ? '' : `, ${formatCount(trainableParameters)} trainable`;
  return withShare(formula, parameters, totals.parameters) + frozen;
}

function withShare(text: string, part: number, whole: number): string {
  return part === 0 ? text : `${text} (${formatShare(part, whole)})`;
}

/** What a folded block's card states: the sums of its layers. */
export function blockFacts(layers: readonly LayerSummary[], totals: Totals): readonly Fact[] {
  const sum = (key: 'parameters' | 'macs' | 'activationBytes'): number =>
    layers.reduce((total, layer) => total + layer[key], 0);
  const shared = (key: 'parameters' | 'macs'): string =>
    `${formatCount(sum(key))} (${formatShare(sum(key), totals[key])})`;
  const from = layers[0] ? inputWords(layers[0]) : '';
  const to = formatShape(layers.at(-1)?.outputShape ?? []);
  return [
    { term: 'Layers', value: layers.map(({ name }) => name).join(', ') },
    { term: 'Input → output', value: `${from} → ${to}` },
    { term: 'Parameters', value: shared('parameters') },
    { term: 'MACs', value: shared('macs') },
    { term: 'Activations', value: `${formatBytes(sum('activationBytes'))} float32` },
  ];
}

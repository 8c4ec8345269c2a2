import { layerNamed, type Network } from '../../network/network';
import { elementCount, isMapShape } from '../../network/tensor/shape';
import {
  explanationPlaces,
  type ExplanationMethod,
  type ExplanationParams,
  type UnitTarget,
} from '../../protocol/explanation';
import type { RunView } from '../../protocol/panelProtocol';
import type { ChangedSettings, ExplainLook } from '../state/explainLook';
import type { Model } from '../state/model';
import { knownUnit, layersBefore } from './unitTarget';

/** What is asked of which run. */
export interface Question {
  readonly run: RunView;
  readonly network: Network;
  readonly target: number;
  /** Why the target and not this class. */
  readonly minus: number | undefined;
  /** What is asked about in place of the class. */
  readonly unit: UnitTarget | undefined;
  readonly method: ExplanationMethod;
  /** Where the person chose one, or none is a convolution. */
  readonly layer: string | undefined;
  /** What the person changed of methods' settings. */
  readonly settings: ChangedSettings;
}

/** What the person asks of the run on screen; undefined where there is none of the network that is shown. */
export function questionOf({
  run,
  original,
  shown,
  view,
}: Pick<Model, 'run' | 'original' | 'shown' | 'view'>): Question | undefined {
  if (!run) return undefined;
  const { network } = shown.document;
  const classes = classCount(network);
  const { explain } = view;
  const known = (index: number | undefined): index is number =>
    index !== undefined && index < classes;
  // Of a run that is changed the question stays, whatever becomes the most probable.
  const [top] = (original ?? run).predictions;
  const target = known(explain.target) ? explain.target : (top?.index ?? 0);
  const minus = known(explain.minus) && explain.minus !== target ? explain.minus : undefined;
  const unit = knownUnit(network, explain.unit);
  const layers = layersWithCells(network, unit);
  const usual = lastConvolution(network, unit) === undefined ? layers.at(-1) : undefined;
  const layer = layers.find((name) => name === explain.layer) ?? usual;
  const isRefused = refusal(explain.method, { network, unit }) !== undefined;
  const method = isRefused ? 'saliency' : explain.method;
  const { settings } = explain;
  return { run, network, target, minus, unit, method, layer, settings };
}

/** Why a method cannot answer for what is asked about, in a sentence; undefined where it can. */
export function refusal(
  method: ExplanationMethod,
  { network, unit }: Pick<Question, 'network' | 'unit'>,
): string | undefined {
  if (!unit || explanationPlaces[method] !== 'cells') return undefined;
  return layersWithCells(network, unit).length > 0
    ? undefined
    : `No layer with a map comes before ${unit.layer}, so that there are no cells to weigh.`;
}

/** The same in the host's words; `method` in place of the one that is looked at. */
export function paramsOf(
  { run, target, minus, unit, layer, settings, method: looked }: Question,
  { method = looked, faithful = false } = {},
): ExplanationParams {
  const isOfLayer = explanationPlaces[method] === 'cells';
  const changed = settings[method];
  return {
    runId: run.runId,
    method,
    target: unit ?? { class: target, ...(minus !== undefined && { minus }) },
    ...(isOfLayer && layer !== undefined && { layer }),
    ...(changed && { settings: changed }),
    ...(faithful && { faithfulness: {} }),
    // The compiler cannot see that settings and method belong together.
  } as ExplanationParams;
}

/**
 * Asks for the map that a click would show, while the pointer or the keyboard is on its way to it: Grad-CAM takes half as
 * long as a pass forward. What takes longer waits for the click.
 */
export function askAhead(model: Model, change: Partial<ExplainLook>): void {
  const { view, isOld, data } = model;
  const question = questionOf({
    ...model,
    view: { ...view, explain: { ...view.explain, ...change } },
  });
  if (question?.method === 'gradCam' && !isOld) data.whys.askAhead(paramsOf(question));
}

/** Layers whose cells a map can be of: those with a map, besides the picture itself, before what is asked about. */
export function layersWithCells(network: Network, unit?: UnitTarget): readonly string[] {
  const before = unit && layersBefore(network, unit.layer);
  return network.layers
    .filter(({ inputs, outputShape }) => inputs.length > 0 && isMapShape(outputShape))
    .map(({ name }) => name)
    .filter((name) => before?.has(name) ?? true);
}

/** The layer whose cells are weighed until another is chosen; undefined in a network without convolutions. */
export function lastConvolution(network: Network, unit?: UnitTarget): string | undefined {
  const able = new Set(layersWithCells(network, unit));
  return network.layers.findLast(({ kind, name }) => kind === 'Conv2D' && able.has(name))?.name;
}

export function classCount(network: Network): number {
  const [output = ''] = network.outputs;
  return elementCount(layerNamed(network, output).outputShape);
}

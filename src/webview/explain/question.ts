import { layerNamed, type Network } from '../../network/network';
import { elementCount, isMapShape } from '../../network/tensor/shape';
import {
  explanationPlaces,
  type ExplanationMethod,
  type ExplanationParams,
} from '../../protocol/explanation';
import type { RunView } from '../../protocol/panelProtocol';
import type { Model } from '../state/model';

/** What is asked of which run. */
export interface Question {
  readonly run: RunView;
  readonly network: Network;
  readonly target: number;
  /** Why the target and not this class. */
  readonly minus: number | undefined;
  readonly method: ExplanationMethod;
  /** Where the person chose one. */
  readonly layer: string | undefined;
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
  const layer = layersWithCells(network).find((name) => name === explain.layer);
  return { run, network, target, minus, method: explain.method, layer };
}

/** The same in the host's words; `method` in place of the one that is looked at. */
export function paramsOf(
  { run, target, minus, layer, method: looked }: Question,
  { method = looked, faithful = false } = {},
): ExplanationParams {
  const isOfLayer = explanationPlaces[method] === 'cells';
  return {
    runId: run.runId,
    method,
    target: { class: target, ...(minus !== undefined && { minus }) },
    ...(isOfLayer && layer !== undefined && { layer }),
    ...(faithful && { faithfulness: {} }),
  };
}

/** Layers whose cells a map can be of: those with a map, besides the picture itself. */
export function layersWithCells({ layers }: Network): readonly string[] {
  return layers
    .filter(({ inputs, outputShape }) => inputs.length > 0 && isMapShape(outputShape))
    .map(({ name }) => name);
}

/** The layer whose cells are weighed until another is chosen; undefined in a network without convolutions. */
export function lastConvolution({ layers }: Network): string | undefined {
  return layers.findLast(({ kind, outputShape }) => kind === 'Conv2D' && isMapShape(outputShape))
    ?.name;
}

export function classCount(network: Network): number {
  const [output = ''] = network.outputs;
  return elementCount(layerNamed(network, output).outputShape);
}

import type { LayerSummary } from '../../network/summary';
import type { RunView } from '../../protocol/panelProtocol';
import { layerStats, type LayerStats } from '../draw/channelStats';
import { classNames } from '../state/classNames';
import { camTarget, camTargetWords } from '../state/layerCams';
import type { Model } from '../state/model';

/** What the channels of a layer add to what is asked about. */
export interface Shares {
  /** In logits, by channel. */
  readonly adds: Float32Array;
  /** The class, or one and not another. */
  readonly target: string;
  /** They are of the run before channels were switched off. */
  readonly isOfBefore: boolean;
}

/** The channels that are off in a run. */
export function offIn({ changes }: Pick<RunView, 'changes'>, layer: string): readonly number[] {
  return changes?.off?.[layer] ?? [];
}

/** Whether a layer's channels can be switched off, and add something to a class: what comes after it is the answer. */
export function isBeforeAnswer({ shown }: Pick<Model, 'shown'>, layer: string): boolean {
  return !shown.document.network.outputs.includes(layer);
}

/** What is asked about, in words. */
export function askedWords(model: Model): string {
  const { original, view } = model;
  if (!original) return 'the class';
  return camTargetWords(camTarget(original, view.explain), classNames(model, original));
}

/**
 * The run that channels are ranked by: while any are off the one before that, so that they stay where they are and what
 * each added can be read.
 */
function ranked({ run, original }: Pick<Model, 'run' | 'original'>): RunView | undefined {
  return Object.keys(run?.changes?.off ?? {}).length > 0 ? original : run;
}

/** What every channel adds; asked for where a person wants to see it, undefined until it is there. */
export function sharesOf(model: Model, { name }: LayerSummary): Shares | undefined {
  const { original, data, view } = model;
  const run = ranked(model);
  if (!run || !original) return undefined;
  const target = camTarget(original, view.explain);
  const found = data.channelShares({ runId: run.runId, layer: name, target });
  if (found.status !== 'ready') return undefined;
  const isOfBefore = run !== model.run;
  return { adds: found.value.shares, target: askedWords(model), isOfBefore };
}

/** The values that the channels are ordered by; those on screen until they are there. */
export function rankedStats(model: Model, { name }: LayerSummary, stats: LayerStats): LayerStats {
  const run = ranked(model);
  if (!run || run === model.run) return stats;
  const found = model.data.activation(run.runId, name);
  return found.status === 'ready' ? layerStats(found.value) : stats;
}

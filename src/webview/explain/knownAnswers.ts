import type {
  Explanation,
  ExplanationMethod,
  ExplanationParams,
  ExplanationTarget,
  UnitTarget,
} from '../../protocol/explanation';
import type { MapScale, PixelGrain } from '../state/explainLook';
import type { Explaining, ExplanationReads } from '../state/explanationReads';
import { drawnMap, type DrawnMap } from './drawnMap';
import { reachOf } from './mapScale';
import { methodOrder, methodWords } from './methodWords';
import { lastConvolution, paramsOf, refusal, type Question } from './question';
import { kindOf } from './unitTarget';

/** What is known of a question now. */
export interface KnownAnswers {
  /** Of the method that is looked at. */
  readonly large: Explaining | undefined;
  /** Of all methods of which something is known, in the order of the table. */
  readonly states: ReadonlyMap<ExplanationMethod, Explaining>;
  /** Rows are being worked out, or will be. */
  readonly isComparing: boolean;
  /** Whether the map that is looked at is to be believed is being worked out. */
  readonly isMeasuring: boolean;
}

interface Asking {
  readonly mayAsk: boolean;
  /** The rows of the table are wanted. */
  readonly compares: boolean;
  /** The faithfulness of the map that is looked at is wanted. */
  readonly measures: boolean;
}

/**
 * Asks for the map that is looked at first, then for one row of the table after the other, and ends what nobody looks at
 * any more: the engine does one thing at a time, and a person who clicks on should not wait for what is no longer wanted.
 */
export function knownAnswers(
  reads: ExplanationReads,
  question: Question,
  { mayAsk, compares, measures }: Asking,
): KnownAnswers {
  const wanted: ExplanationParams[] = [];
  const ask = (params: ExplanationParams): Explaining => {
    wanted.push(params);
    return reads.get(params);
  };
  const rowOf = (method: ExplanationMethod): Explaining | undefined =>
    reads.known(paramsOf(question, { method, faithful: true }));
  const plain = paramsOf(question);
  const faithful = rowOf(question.method);
  const large = faithful?.status === 'ready' ? faithful : mayAsk ? ask(plain) : reads.known(plain);
  const isStopped = methodOrder.some((method) => rowOf(method)?.status === 'stopped');
  const able = methodOrder.filter((method) => refusal(method, question) === undefined);
  const next = able.find((method) => {
    const status = rowOf(method)?.status;
    return status === undefined || status === 'loading';
  });
  const isComparing = mayAsk && compares && !isStopped && next !== undefined;
  const isUnknown = faithful === undefined || faithful.status === 'loading';
  const isMeasuring = mayAsk && measures && isUnknown && large?.status === 'ready';
  if (isMeasuring) ask(paramsOf(question, { faithful: true }));
  else if (isComparing && large?.status !== 'loading') {
    ask(paramsOf(question, { method: next, faithful: true }));
  }
  reads.endAllBut(wanted);
  const states = methodOrder.flatMap((method) => {
    const state = rowOf(method) ?? readyOf(reads, paramsOf(question, { method }));
    return state ? [[method, state] as const] : [];
  });
  return { large, states: new Map(states), isComparing, isMeasuring };
}

/** A map without its faithfulness, where that was looked at already. */
function readyOf(reads: ExplanationReads, params: ExplanationParams): Explaining | undefined {
  const known = reads.known(params);
  return known?.status === 'ready' ? known : undefined;
}

const reaches = new WeakMap<DrawnMap, number>();

/** How far the scales of a picture's maps go, each as far as the strongest map that is known. */
export interface Scales {
  /** Of a method's maps of any class, at the layer that is looked at. */
  readonly ofMethod: (method: ExplanationMethod) => number;
  /** Of all maps in logits. */
  readonly ofAll: number;
}

export function scalesOf(
  explanations: readonly Explanation[],
  { network, layer, unit }: Pick<Question, 'network' | 'layer' | 'unit'>,
  grain: PixelGrain,
): Scales {
  const at = layer ?? lastConvolution(network, unit);
  const here = explanations
    .filter(({ recipe: { target } }) => isComparable(target, unit))
    .filter(({ recipe }) => recipe.layer === undefined || recipe.layer === at)
    .map((explanation) => {
      const { method } = explanation.recipe;
      return { method, reach: ownReach(drawnMap(explanation, network, grain)) };
    });
  const most = (some: typeof here): number =>
    some.reduce((far, { reach }) => Math.max(far, reach), 0);
  return {
    ofMethod: (wanted) => most(here.filter(({ method }) => method === wanted)),
    ofAll: most(here.filter(({ method }) => methodWords[method].unit === 'logits')),
  };
}

/** Classes are compared with classes, units and channels with those of their own layer. */
function isComparable(target: ExplanationTarget, unit: UnitTarget | undefined): boolean {
  const other = 'class' in target ? undefined : target;
  return kindOf(other) === kindOf(unit) && other?.layer === unit?.layer;
}

/** The scale on which a method's map is drawn. */
export function reachFor(scales: Scales, method: ExplanationMethod, scale: MapScale): number {
  const isOfAll = scale === 'all' && methodWords[method].unit === 'logits';
  return isOfAll ? scales.ofAll : scales.ofMethod(method);
}

/** How far a map alone goes from zero. */
export function ownReach(map: DrawnMap | undefined): number {
  if (!map) return 0;
  const isOfPixels = map.placement.field.columns.stride === 1;
  const reach = reaches.get(map) ?? reachOf(map.maps.data, { isOfPixels });
  reaches.set(map, reach);
  return reach;
}

import type { Explanation } from '../../protocol/explanation';
import type { RunView } from '../../protocol/panelProtocol';
import { classNames } from '../state/classNames';
import type { KnownRuns } from '../state/knownRuns';
import type { Model } from '../state/model';
import { drawnMap, type DrawnMap } from './drawnMap';
import type { Named } from './explainWords';
import { reachFor, scalesOf } from './knownAnswers';
import { paramsOf, questionOf, type Question } from './question';
import { kindOf, unitWords } from './unitTarget';

/** What is asked and what came out, as it is drawn large. */
export interface ShownAnswer {
  readonly question: Question;
  readonly named: Named;
  readonly explanation: Explanation;
  readonly map: DrawnMap;
  /** Distance of the scale's ends from zero. */
  readonly reach: number;
  /** The run whose picture is the baseline, where it is one's. */
  readonly other: RunView | undefined;
}

/** The explanation on screen; undefined where there is none or it is on its way. */
export function shownAnswer(model: Model): ShownAnswer | undefined {
  const { data, view } = model;
  const question = view.view === 'explain' ? questionOf(model) : undefined;
  if (!question) return undefined;
  const known = [true, false]
    .map((faithful) => data.whys.known(paramsOf(question, { faithful })))
    .find((state) => state?.status === 'ready');
  if (known?.status !== 'ready') return undefined;
  const { grain, scale } = view.explain;
  const { value: explanation } = known;
  const map = drawnMap(explanation, question.network, grain);
  const scales = scalesOf(answersOf(model, question.run), question, grain);
  const reach = reachFor(scales, question.method, scale);
  const other = baselineRun(explanation, data.runs);
  return { question, named: namesOf(model, question), explanation, map, reach, other };
}

/** The classes that are asked about, by the first of their names; by their numbers until those are known. */
export function namesOf(
  model: Pick<Model, 'data' | 'shown'>,
  { run, network, target, minus, unit }: Question,
): Named {
  if (unit) return { kind: kindOf(unit), target: unitWords(network, unit), minus: undefined };
  const name = classNames(model, run);
  return { target: name(target), minus: minus === undefined ? undefined : name(minus) };
}

/** What is known of a run and of the one that it was made from: their maps share a scale. */
export function answersOf({ data, original }: Model, run: RunView): readonly Explanation[] {
  const before = original && original !== run ? data.whys.readyOf(original.runId) : [];
  return [...data.whys.readyOf(run.runId), ...before];
}

/** The run whose picture is the baseline, where it is one's and that is known. */
export function baselineRun(
  { recipe }: Pick<Explanation, 'recipe'>,
  runs: Pick<KnownRuns, 'find'>,
): RunView | undefined {
  if (!('baseline' in recipe.settings)) return undefined;
  const { baseline } = recipe.settings;
  return typeof baseline === 'object' && 'runId' in baseline
    ? runs.find(baseline.runId)
    : undefined;
}

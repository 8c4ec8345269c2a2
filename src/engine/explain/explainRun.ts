import type {
  Explanation,
  ExplanationMethod,
  ExplanationRequest,
} from '../../protocol/explanation';
import type { BuiltModel } from '../model/builtModel';
import type { StoredRun } from '../run/runStore';
import { faithfulnessOf } from './faithfulness';
import type { Method, MethodContext } from './method';
import { methods } from './methods';
import { completeRequest } from './recipe';
import { resolveTarget, targetValues, valueOf } from './target';
import { Work, type WorkOptions } from './work';

interface ExplainOptions extends WorkOptions {
  /** Finds another kept run, for a baseline; throws where it is not kept. */
  readonly runOf: (runId: number) => StoredRun;
}

/**
 * Which parts of a kept run's picture spoke for a target; `model` is the one that made the run. Throws an EngineError for
 * a request that cannot be met.
 */
export async function explainRun(
  run: StoredRun,
  model: BuiltModel,
  request: ExplanationRequest,
  { runOf, signal, report }: ExplainOptions,
): Promise<Explanation> {
  const begun = performance.now();
  const target = resolveTarget(run.network, request.target);
  const recipe = completeRequest(model, request, target);
  const { settings, layer = '', faithfulness } = recipe;
  const value = valueOf(target, targetValues(run, target));
  /** A part of the whole, from one fraction to another. */
  const part = (from: number, to: number): Work => {
    const whole = (fraction: number): number => from + (to - from) * fraction;
    return new Work({ signal, report: (of) => report({ ...of, fraction: whole(of.fraction) }) });
  };
  const work = part(0, faithfulness ? 0.5 : 1);
  const context: MethodContext<ExplanationMethod> = {
    ...{ model, run, target, value, settings, layer, runOf, work },
  };
  const found = await (methods[recipe.method] as Method<ExplanationMethod>)(context);
  const milliseconds = performance.now() - begun;
  const curves =
    faithfulness &&
    (await faithfulnessOf({ ...context, work: part(0.5, 1) }, found.map, recipe, faithfulness));
  return { ...found, value, ...(curves && { faithfulness: curves }), milliseconds, recipe };
}

import { EngineError } from '../runtime/engineError';
import type { BuiltModel } from '../model/builtModel';
import type { StoredRun } from '../run/runStore';
import type {
  Explanation,
  ExplanationMethod,
  ExplanationRequest,
} from '../../protocol/explanation';
import type { Method } from './method';
import { methods } from './methods';
import { completeRequest } from './recipe';
import { resolveTarget, valueOf, type Target } from './target';
import { Work } from './work';

type WorkOptions = ConstructorParameters<typeof Work>[0];

/**
 * Which parts of a kept run's picture spoke for a target; `model` is the one that made the run. Throws an EngineError for
 * a request that cannot be met.
 */
export async function explainRun(
  run: StoredRun,
  model: BuiltModel,
  request: ExplanationRequest,
  options: WorkOptions,
): Promise<Explanation> {
  const begun = performance.now();
  const target = resolveTarget(run.network, request.target);
  const recipe = completeRequest(model, request, target);
  const { method: name, settings, layer = '' } = recipe;
  const work = new Work(options);
  const method = methods[name] as Method<ExplanationMethod> | undefined;
  if (!method) throw new EngineError(`${name} is not offered`);
  const found = await method({ model, run, target, settings, layer, work });
  const value = valueIn(run, target);
  return { ...found, value, milliseconds: performance.now() - begun, recipe };
}

/** The target's value as the run has it. */
function valueIn({ logits, activations }: StoredRun, target: Target): number {
  const values = logits.get(target.layer) ?? activations.get(target.layer)?.data;
  return valueOf(target, values ?? new Float32Array());
}

import type { Layer, LayerSettings } from './layers/layer';
import type { Arity } from './layers/layerRule';
import { ruleOf } from './layers/layerRules';
import type { Network, Problem, UnresolvedLayer } from './network';
import { NetworkError } from './tensor/networkError';
import type { Shape } from './tensor/shape';

/** A layer's settings and inputs, before shapes are known. */
export interface LayerPlan {
  readonly name: string;
  readonly settings: LayerSettings;
  /** Names of the layers that it is applied to. */
  readonly inputs: readonly string[];
  /**
   * The settings where they follow from the inputs' shapes, as a depthwise convolution's groups do; `settings` is what is
   * known without them. Throws a NetworkError where there are none.
   */
  readonly settle?: (inputs: readonly Shape[]) => LayerSettings;
  /** The layer whose weights it uses: where a layer is applied several times, every call is a layer. */
  readonly weightsOf?: string;
}

/** Computes a layer's shapes and weights from its sources; throws a NetworkError that begins with the layer's name. */
export function applyLayer(
  { name, settings: known, settle, inputs, weightsOf }: LayerPlan,
  sources: readonly Layer[],
): Layer {
  const inputShapes = sources.map(({ outputShape }) => outputShape);
  try {
    const settings = settle?.(inputShapes) ?? known;
    const rule = ruleOf(settings);
    wantArity(settings, rule.arity, sources.length);
    const outputShape = rule.outputShape(settings, inputShapes);
    const place = { name, inputs, inputShapes, outputShape };
    if (weightsOf !== undefined) return { ...settings, ...place, weights: [], weightsOf };
    return { ...settings, ...place, weights: rule.weights?.(settings, inputShapes) ?? [] };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    throw new NetworkError(`${name}: ${error.message}`, { cause: error });
  }
}

function wantArity({ kind }: LayerSettings, arity: Arity, count: number): void {
  if (arity === 'none' && count > 0) throw new NetworkError(`${kind} takes no input, got ${count}`);
  if (arity === 'one' && count !== 1) {
    throw new NetworkError(`${kind} takes one input, got ${count}`);
  }
}

/**
 * Builds a network from layers in any order, some of which may be at fault. A faulty layer keeps the sentence that the
 * strict builder would throw, with its arithmetic; layers that follow from it carry the same problem; all others are
 * whole. Throws a NetworkError only where two layers have one name.
 */
export function assemble(
  plans: readonly LayerPlan[],
  ends: Pick<Network, 'inputs' | 'outputs'>,
): Network {
  const assembly = new Assembly(plans);
  for (const plan of plans) assembly.visit(plan);
  return { ...ends, layers: assembly.layers, unresolved: assembly.unresolved };
}

class Assembly {
  readonly layers: Layer[] = [];
  readonly unresolved: UnresolvedLayer[] = [];
  private readonly plans = new Map<string, LayerPlan>();
  private readonly done = new Map<string, Layer | UnresolvedLayer>();
  /** Layers whose inputs are being visited: one of these among them closes a cycle. */
  private readonly underWay = new Set<string>();

  constructor(plans: readonly LayerPlan[]) {
    for (const plan of plans) {
      if (this.plans.has(plan.name)) throw new NetworkError(`two layers are named ${plan.name}`);
      this.plans.set(plan.name, plan);
    }
  }

  /** Resolves a layer after all that it depends on; depth-first, on a stack of its own as chains may be long. */
  visit(end: LayerPlan): void {
    const path = [end];
    for (let plan = path.at(-1); plan; plan = path.at(-1)) {
      const isEntered = this.underWay.has(plan.name);
      this.underWay.add(plan.name);
      const pending = isEntered ? [] : this.pendingInputs(plan);
      if (pending.length > 0) {
        path.push(...pending.reverse());
        continue;
      }
      path.pop();
      this.underWay.delete(plan.name);
      if (!this.done.has(plan.name)) this.finish(plan);
    }
  }

  private pendingInputs({ inputs }: LayerPlan): LayerPlan[] {
    return inputs
      .filter((name) => !this.done.has(name) && !this.underWay.has(name))
      .flatMap((name) => this.plans.get(name) ?? []);
  }

  private finish(plan: LayerPlan): void {
    const made = this.resolve(plan);
    this.done.set(plan.name, made);
    if ('problem' in made) this.unresolved.push(made);
    else this.layers.push(made);
  }

  private resolve(plan: LayerPlan): Layer | UnresolvedLayer {
    const sources: Layer[] = [];
    let problem: Problem | undefined;
    for (const name of plan.inputs) {
      const source = this.source(plan, name);
      if ('problem' in source) problem ??= source.problem;
      else sources.push(source);
    }
    const { name, settings, inputs } = plan;
    if (problem) return { name, settings, inputs, problem };
    try {
      return applyLayer(plan, sources);
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      return { name, settings, inputs, problem: { layer: name, sentence: error.message } };
    }
  }

  private source(plan: LayerPlan, name: string): Layer | { readonly problem: Problem } {
    const source = this.done.get(name);
    if (source) return source;
    const why = this.plans.has(name)
      ? `it is applied to ${name}, which follows from it`
      : `it is applied to ${name}, and no layer has that name`;
    return { problem: { layer: plan.name, sentence: `${plan.name}: ${why}` } };
  }
}

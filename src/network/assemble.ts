import type { Layer, LayerSettings } from './layers/layer';
import { ruleOf } from './layers/layerRules';
import type { Network, Problem, UnresolvedLayer } from './network';
import { NetworkError } from './tensor/networkError';

/** A layer as it was written, before anything is known of shapes. */
export interface LayerPlan {
  readonly name: string;
  readonly settings: LayerSettings;
  /** Names of the layers that it is applied to. */
  readonly inputs: readonly string[];
}

/** Works out one layer's shapes and weights; throws a NetworkError that begins with the layer's name. */
export function applyLayer(
  { name, settings, inputs }: LayerPlan,
  sources: readonly Layer[],
): Layer {
  const rule = ruleOf(settings);
  const inputShapes = sources.map(({ outputShape }) => outputShape);
  try {
    if (rule.arity === 'one' && sources.length !== 1) {
      throw new NetworkError(`${settings.kind} takes one input, got ${sources.length}`);
    }
    const outputShape = rule.outputShape(settings, inputShapes);
    const weights = rule.weights?.(settings, inputShapes) ?? [];
    return { ...settings, name, inputs, inputShapes, outputShape, weights };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    throw new NetworkError(`${name}: ${error.message}`, { cause: error });
  }
}

/**
 * Puts layers together that may be at fault, in any order. A faulty layer keeps its sentence and those that follow from
 * it say which one it was; all else is whole. Throws a NetworkError only where two layers have one name.
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
  /** Names of the layers whose inputs are being visited: to meet one again is a circle. */
  private readonly underWay = new Set<string>();

  constructor(plans: readonly LayerPlan[]) {
    for (const plan of plans) {
      if (this.plans.has(plan.name)) throw new NetworkError(`two layers are named ${plan.name}`);
      this.plans.set(plan.name, plan);
    }
  }

  visit(plan: LayerPlan): Layer | UnresolvedLayer {
    const known = this.done.get(plan.name);
    if (known) return known;
    this.underWay.add(plan.name);
    const made = this.resolve(plan);
    this.underWay.delete(plan.name);
    this.done.set(plan.name, made);
    if ('problem' in made) this.unresolved.push(made);
    else this.layers.push(made);
    return made;
  }

  private resolve(plan: LayerPlan): Layer | UnresolvedLayer {
    const sources: Layer[] = [];
    let problem: Problem | undefined;
    for (const name of plan.inputs) {
      const source = this.source(plan, name);
      if ('problem' in source) problem ??= source.problem;
      else sources.push(source);
    }
    if (problem) return { ...plan, problem };
    try {
      return applyLayer(plan, sources);
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      return { ...plan, problem: { layer: plan.name, sentence: error.message } };
    }
  }

  private source(plan: LayerPlan, name: string): Layer | { readonly problem: Problem } {
    const source = this.plans.get(name);
    if (source && !this.underWay.has(name)) return this.visit(source);
    const why = source
      ? `it is applied to ${name}, which follows from it`
      : `it is applied to ${name}, and no layer has that name`;
    return { problem: { layer: plan.name, sentence: `${plan.name}: ${why}` } };
  }
}

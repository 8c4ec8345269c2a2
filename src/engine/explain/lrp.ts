import * as tf from '@tensorflow/tfjs-core';
import { inputName, layerNamed } from '../../network/network';
import { elementCount } from '../../network/tensor/shape';
import { EngineError } from '../runtime/engineError';
import type { Found, MethodContext } from './method';
import { mapOf } from './pixelMaps';
import { reasonAgainst, relevanceToInputs } from './relevanceRules';
import { followBack } from './signals';
import { targetValues, valuesAtTarget } from './target';
import { stepsBetween, taken, Trace } from './trace';

/**
 * The target's value handed back from layer to layer, each of which shares what it got among its inputs by what they
 * added (Bach et al. 2015), by a composite of rules (Montavon et al. 2019, section 10.3).
 */
export async function lrp(context: MethodContext<'lrp'>): Promise<Found> {
  const { model, run, target, settings } = context;
  const to = inputName(model.network);
  const steps = stepsBetween(model, to, target.layer);
  for (const { layer } of steps) {
    const why = reasonAgainst(layer);
    if (why !== undefined) throw new EngineError(`${layer.name}: ${why}; choose another method`);
  }
  const first = steps.find(({ layer }) => layer.kind === 'Conv2D' || layer.kind === 'Dense');
  const trace = Trace.ofRun(run);
  try {
    const relevance = await followBack(
      { ...context, trace, to },
      beginning(context),
      (step, { inputs, signal }) =>
        relevanceToInputs(step, { inputs, signal, rule: settings.rule, isFirst: step === first }),
    );
    const map = mapOf(run, taken(relevance));
    const sum = map.data.reduce((total, each) => total + each, 0);
    return { map, completeness: { sum, expected: context.value } };
  } finally {
    trace.dispose();
  }
}

/** What each value of the target's layer adds to the target. */
function beginning({ model, run, target }: MethodContext<'lrp'>): tf.Tensor {
  const { outputShape } = layerNamed(model.network, target.layer);
  const values = targetValues(run, target);
  const shares = valuesAtTarget(
    target,
    elementCount(outputShape),
    (weight, index) => weight * (values[index] ?? 0),
  );
  return tf.tensor(shares, [1, ...outputShape], 'float32');
}

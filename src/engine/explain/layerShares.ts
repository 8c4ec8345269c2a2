import { inputName, layerNamed } from '../../network/network';
import { mapShape } from '../../network/tensor/cell';
import type { LayerShares, SharesRequest } from '../../protocol/changedRun';
import type { BuiltModel } from '../model/builtModel';
import { ranValuesOf, type StoredRun } from '../run/runStore';
import { EngineError } from '../runtime/engineError';
import { channelShares } from './cams';
import { gradientAt } from './gradientAt';
import { resolveTarget, targetValues, valueOf } from './target';
import { taken, Trace } from './trace';
import { Work, type WorkOptions } from './work';

/**
 * What each channel of a layer adds to a target of a kept run: its part of the sum of Grad-CAM's map, in logits; of a list
 * of units gradient times value. `model` is the one that made the run. Throws an EngineError for a request that cannot be
 * met.
 */
export async function layerShares(
  run: StoredRun,
  model: BuiltModel,
  request: SharesRequest,
  options: WorkOptions,
): Promise<LayerShares> {
  const { network } = model;
  const target = resolveTarget(network, request.target);
  const { name, outputShape } = layerNamed(network, request.layer);
  if (name === inputName(network))
    throw new EngineError(`${name} is the picture itself; choose a layer behind it`);
  if (name === target.layer)
    throw new EngineError(`${name} is what is asked about; choose a layer before it`);
  const { data: values } = ranValuesOf(run, name);
  const trace = Trace.ofRun(run);
  try {
    const work = new Work(options);
    const gradient = taken(await gradientAt({ model, trace, target, to: name, work }));
    const [, , channels] = mapShape(outputShape);
    return {
      shares: channelShares({ values, gradient, channels }),
      value: valueOf(target, targetValues(run, target)),
    };
  } finally {
    trace.dispose();
  }
}

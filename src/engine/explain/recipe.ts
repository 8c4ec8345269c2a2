import { inputName, layerNamed } from '../../network/network';
import { isMapShape } from '../../network/tensor/shape';
import {
  explanationDefaults,
  explanationMethods,
  explanationPlaces,
  faithfulnessDefaults,
  type ExplanationRecipe,
  type ExplanationRequest,
} from '../../protocol/explanation';
import type { BuiltModel } from '../model/builtModel';
import { EngineError } from '../runtime/engineError';
import { completeFaithfulness, completeSettings } from './settings';
import type { Target } from './target';
import { stepsBetween } from './trace';

/** A request with all that it leaves open; throws an EngineError for what it may not say. */
export function completeRequest(
  model: BuiltModel,
  request: ExplanationRequest,
  target: Target,
): ExplanationRecipe {
  const { method, settings = {}, faithfulness } = request;
  if (!explanationMethods.includes(method))
    throw new EngineError(
      `no method is called ${JSON.stringify(method)}; there are ${explanationMethods.join(', ')}`,
    );
  const isOfLayer = explanationPlaces[method] === 'cells';
  if (!isOfLayer && request.layer !== undefined)
    throw new EngineError(`${method} weighs no layer's channels; leave the layer out`);
  return {
    method,
    target: request.target,
    ...(isOfLayer && { layer: weighedLayer(model, request.layer, target) }),
    settings: completeSettings(method, explanationDefaults[method], settings),
    ...(faithfulness && {
      faithfulness: completeFaithfulness(faithfulnessDefaults, faithfulness),
    }),
    // The compiler cannot see that settings and method belong together.
  } as ExplanationRecipe;
}

/** The layer that was named, or the last convolution before the target. */
function weighedLayer(model: BuiltModel, name: string | undefined, target: Target): string {
  if (name === undefined) return lastConvolution(model, target);
  const { inputs, outputShape } = layerNamed(model.network, name);
  if (inputs.length === 0)
    throw new EngineError(`${name} is the picture itself; choose a layer with channels to weigh`);
  if (!isMapShape(outputShape))
    throw new EngineError(`${name} has no map, only units; choose a layer before it`);
  return name;
}

function lastConvolution(model: BuiltModel, target: Target): string {
  const last = stepsBetween(model, inputName(model.network), target.layer).findLast(
    ({ layer }) => layer.kind === 'Conv2D' && layer.name !== target.layer,
  );
  if (last) return last.layer.name;
  throw new EngineError(`no convolution comes before ${target.layer}; choose a layer`);
}

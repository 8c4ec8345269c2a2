import { inputShape, inputSize } from '../../network/inputShape';
import type { Network } from '../../network/network';
import { checkPreprocess } from '../../network/preprocess/checkPreprocess';
import { elementCount, formatShape } from '../../network/tensor/shape';
import type { ImagineParams, ImagineRecipe } from '../../protocol/imagining';
import { EngineError } from '../runtime/engineError';
import { completeImagineSettings } from './settings';

/** A request with all that it leaves open; throws an EngineError for what it may not say. */
export function completeImagine(
  network: Network,
  { target, settings = {}, preprocess, from }: ImagineParams,
): { readonly recipe: ImagineRecipe; readonly from: ImagineParams['from'] } {
  const shape = inputShape(network);
  if (shape[2] !== 3)
    throw new EngineError(
      `the network's input is ${formatShape(shape)}; pictures are made in 3 channels only`,
    );
  const recipe = {
    target,
    settings: completeImagineSettings(settings),
    preprocess: checkPreprocess(preprocess, inputSize(network)),
  };
  if (from) checkBeginning(from, elementCount(shape));
  return { recipe, from };
}

/** Callers outside may hand in anything. */
function checkBeginning({ pixels, step }: NonNullable<ImagineParams['from']>, count: number): void {
  if (!(pixels instanceof Float32Array) || pixels.length !== count)
    throw new EngineError(
      `from.pixels must be a Float32Array of ${count} values, as an earlier picture of this network has them`,
    );
  if (!Number.isSafeInteger(step) || step < 0)
    throw new EngineError(`from.step must be a whole number from 0, got ${JSON.stringify(step)}`);
}

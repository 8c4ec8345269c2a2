import { inputName, type Network } from '../../network/network';
import type { Tensor } from '../../protocol/engineProtocol';
import type { BuiltModel } from '../model/builtModel';
import { EngineError } from '../runtime/engineError';
import { runNow } from './forward';

/** A run as far as it takes to compute it again. */
interface RunOnce {
  readonly runId: number;
  readonly network: Network;
  readonly input: Tensor;
}

/**
 * What a layer of a run gave, and those before it that are not `known` any more. `model` is the one that made the run;
 * throws an EngineError where that is not loaded any more.
 */
export function computeAgain(
  { runId, network, input }: RunOnce,
  model: BuiltModel | undefined,
  name: string,
  known: (name: string) => Tensor | undefined,
): readonly (readonly [name: string, data: Float32Array])[] {
  if (!model)
    throw new EngineError(
      `what ${name} gave in run ${runId} was let go, and other weights were loaded since; classify the picture again`,
    );
  const needed = new Set([name]);
  const given = new Map<string, Float32Array>();
  const steps = model.steps
    .toReversed()
    .filter(({ layer }) => {
      if (!needed.has(layer.name)) return false;
      for (const source of layer.inputs) {
        const values = source === inputName(network) ? input : known(source);
        if (values) given.set(source, values.data);
        else needed.add(source);
      }
      return true;
    })
    .reverse();
  return runNow(network, steps, given).map(({ layer, values }) => [layer.name, values]);
}

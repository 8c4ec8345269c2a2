import { inputName } from '../../network/network';
import type { Layer } from '../../network/layers/layer';
import { stepsBetween } from '../explain/trace';
import type { BuiltModel } from '../model/builtModel';
import { EngineError } from '../runtime/engineError';

/** More columns than this are looked at by nobody, and each costs a pass through the network for every method. */
const mostStages = 12;

/**
 * The layers with weights that a target depends on, in groups from its own down to the picture: a convolution or dense
 * layer with the batch norm behind it, and several of them where there are many. Throws where there are none.
 */
export function randomisedStages(
  model: BuiltModel,
  target: { readonly layer: string },
): readonly (readonly string[])[] {
  const layers = stepsBetween(model, inputName(model.network), target.layer)
    .map(({ layer }) => layer)
    .filter(({ weights }) => weights.length > 0);
  const groups = grouped(layers).reverse();
  if (groups.length === 0)
    throw new EngineError(`${target.layer} depends on no weights: nothing can be randomised`);
  const count = Math.min(groups.length, mostStages);
  const bound = (stage: number): number => Math.round((groups.length * stage) / count);
  return Array.from({ length: count }, (_, stage) =>
    groups.slice(bound(stage), bound(stage + 1)).flat(),
  );
}

function grouped(layers: readonly Layer[]): string[][] {
  const groups: string[][] = [];
  for (const { kind, name } of layers) {
    const last = groups.at(-1);
    if (kind === 'BatchNormalization' && last) last.push(name);
    else groups.push([name]);
  }
  return groups;
}

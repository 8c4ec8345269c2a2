import { inputName } from '../../network/network';
import { sourcesOf } from '../change/changeRun';
import { stepsBetween } from '../explain/trace';
import type { BuiltModel } from '../model/builtModel';
import type { Step } from '../model/step';
import { runSteps } from '../run/forward';
import { withOthers } from '../run/layerValues';
import { withoutOff } from '../run/offChannels';
import { ranValuesOf, storedRun, type StoredRun } from '../run/runStore';

interface Randomised {
  /** The model with other weights in some layers than made the run. */
  readonly model: BuiltModel;
  readonly layers: ReadonlySet<string>;
  /** The last layer that is wanted. */
  readonly to: string;
  readonly signal: AbortSignal;
}

/** A run as it were with other weights in some layers; what depends on none of them is not computed anew. */
export async function randomisedRun(
  run: StoredRun,
  { model, layers, to, signal }: Randomised,
): Promise<StoredRun> {
  const { network } = model;
  const steps = stepsFrom(stepsBetween(model, inputName(network), to), layers);
  const given = new Map(sourcesOf(steps).map((name) => [name, ranValuesOf(run, name).data]));
  const { changed } = run;
  const outputs = await runSteps(network, steps, given, {
    signal,
    onLayer: () => undefined,
    ...(changed && { change: (layer, values) => withoutOff(changed.off, layer, values) }),
  });
  const again = storedRun(run, { outputs, logits: new Float32Array() });
  return {
    ...run,
    activations: withOthers(run.activations, again.activations),
    logits: new Map([...run.logits, ...again.logits]),
  };
}

/** Those of some layers and what depends on them. */
function stepsFrom(steps: readonly Step[], layers: ReadonlySet<string>): readonly Step[] {
  const behind = new Set(layers);
  return steps.filter(({ layer: { name, inputs } }) => {
    if (inputs.some((each) => behind.has(each))) behind.add(name);
    return behind.has(name);
  });
}

import { inputName } from '../../network/network';
import { stepsBetween } from '../explain/trace';
import type { BuiltModel } from '../model/builtModel';
import type { Step } from '../model/step';
import { forward } from '../run/forward';
import { storedRun, valuesOf, type StoredRun } from '../run/runStore';
import { EngineError } from '../runtime/engineError';

interface Changed {
  /** The model with some layers' weights changed since the run. */
  readonly model: BuiltModel;
  readonly layers: ReadonlySet<string>;
  /** The last layer that is wanted. */
  readonly to: string;
  readonly signal: AbortSignal;
}

/** A run as it were with some layers' weights changed; what depends on none of them is not computed anew. */
export async function changedRun(
  run: StoredRun,
  { model, layers, to, signal }: Changed,
): Promise<StoredRun> {
  const steps = stepsAfter(stepsBetween(model, inputName(model.network), to), layers);
  const anew = new Set(steps.map(({ layer }) => layer.name));
  const known = new Set(
    steps.flatMap(({ layer }) => layer.inputs).filter((each) => !anew.has(each)),
  );
  const inputs = new Map([...known].map((name) => [name, dataOf(run, name)]));
  const { network } = model;
  const pass = await forward({ ...model, steps }, inputs, { signal, onLayer: () => undefined });
  const part = storedRun({ ...run, network }, pass);
  return {
    ...part,
    activations: new Map([...run.activations, ...part.activations]),
    logits: new Map([...run.logits, ...part.logits]),
  };
}

/** Those of some layers and what depends on them. */
function stepsAfter(steps: readonly Step[], layers: ReadonlySet<string>): readonly Step[] {
  const behind = new Set(layers);
  return steps.filter(({ layer: { name, inputs } }) => {
    if (inputs.some((each) => behind.has(each))) behind.add(name);
    return behind.has(name);
  });
}

function dataOf(run: StoredRun, name: string): Float32Array {
  const values = valuesOf(run, name);
  if (values) return values.data;
  throw new EngineError(`${name} did not run: one of the network's inputs is missing`);
}

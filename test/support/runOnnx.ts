import { buildModel } from '../../src/engine/model/builtModel';
import { forward } from '../../src/engine/run/forward';
import type { OnnxPlans } from '../../src/files/models/onnx/onnxPlans';
import { modelWeights } from '../../src/files/models/plans/modelWeights';
import { assemble } from '../../src/network/assemble';

/** Runs a model with its own weights: every layer's values by its name, those of the inputs too. Throws what is at fault. */
export async function runOnnx(
  { plans, find }: Pick<OnnxPlans, 'plans' | 'find'>,
  batch: readonly ReadonlyMap<string, Float32Array>[],
): Promise<readonly ReadonlyMap<string, Float32Array>[]> {
  const network = assemble(plans.plans, plans);
  const { weights, problems } = await modelWeights(network, plans.layers, find);
  const [problem] = [...network.unresolved.map((each) => each.problem), ...problems];
  if (problem) throw new Error(problem.sentence);
  const read = new Map<string, Float32Array>();
  for (const [key, weight] of weights) read.set(key, await weight.read());
  const built = await buildModel(network, () => read);
  const options = { signal: new AbortController().signal, onLayer: () => undefined };
  const results: ReadonlyMap<string, Float32Array>[] = [];
  try {
    for (const pictures of batch) {
      const { outputs } = await forward(built, pictures, options);
      const made = outputs.map(({ layer, values }) => [layer.name, values] as const);
      results.push(new Map([...pictures, ...made]));
    }
    return results;
  } finally {
    built.dispose();
  }
}

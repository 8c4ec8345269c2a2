import type { Layer } from '../../network/layers/layer';
import { layerNamed } from '../../network/network';
import { valueIndex } from '../../network/tensor/cell';
import { gatherOperands } from '../../network/layers/layerRules';
import type { ExplainParams, ValueExplanation } from '../../protocol/engineProtocol';
import { EngineError } from '../runtime/engineError';
import type { BuiltModel } from '../model/builtModel';
import type { Step } from '../model/step';
import { outputWeights } from '../model/weightValues';
import type { StoredRun } from './runStore';
import { valuesOf } from './runStore';

/** What one value of a kept run was made of; `model` is the one that made the run, where it is still loaded. */
export function explainValue(
  run: StoredRun,
  model: BuiltModel | undefined,
  { layer: name, row, column, channel }: ExplainParams,
): ValueExplanation {
  const layer = layerNamed(run.network, name);
  const cell = { row, column, channel };
  const index = valueIndex(name, layer.outputShape, cell);
  if (layer.inputs.length === 0)
    throw new EngineError(`${name} is the picture itself: no layer made it`);
  const output = run.activations.get(name);
  if (!output) throw new EngineError(`${name} did not run: one of the network's inputs is missing`);
  const inputs = layer.inputs.flatMap((source) => valuesOf(run, source)?.data ?? []);
  if (run.changed?.off.get(name)?.includes(channel))
    throw new EngineError(
      `channel ${channel} of ${name} is switched off: its values are 0, whatever goes in`,
    );
  const operands = gatherOperands(layer, cell, {
    inputs,
    logits: run.logits.get(name) ?? new Float32Array(),
    weights: (weight) =>
      outputWeights(stepOf(model, run, layer), weight, index % (layer.outputShape.at(-1) ?? 1)),
  });
  return { sources: layer.inputs, operands, value: output.data.slice(index, index + 1) };
}

function stepOf(model: BuiltModel | undefined, run: StoredRun, layer: Layer): Step {
  const step = model?.steps.find((each) => each.layer === layer);
  if (step) return step;
  throw new EngineError(
    `other weights were loaded since run ${run.runId}; classify the picture again to see how ${layer.name} works`,
  );
}

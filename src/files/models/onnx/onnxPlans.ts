import type { ByteSource } from '../../bytes/byteSource';
import type { OpenBeside } from '../../bytes/openBeside';
import type { FindTensors, FoundTensor } from '../plans/modelWeights';
import type { ModelPlans } from '../plans/modelPlans';
import type { WeightSlot } from '../plans/weightSlots';
import type { Constant } from './graph/constant';
import { nodeOrder, usersOf } from './graph/nodeOrder';
import type { GraphNode, OnnxModel } from './graph/onnxModel';
import { readOnnxModel } from './graph/readOnnxModel';
import { StoredConstants } from './graph/storedConstants';
import { graphInputs } from './graphInputs';
import { GraphWalk } from './graphWalk';
import { layerWeight } from './layerWeight';
import type { Value } from './values/value';

/** A model of ONNX, opened. */
export interface OnnxPlans {
  readonly model: OnnxModel;
  readonly plans: ModelPlans;
  readonly find: FindTensors;
  /** What each name of the graph stands for. */
  readonly values: ReadonlyMap<string, Value>;
  /** The batch that the file was written for; one picture runs at a time. */
  readonly batch: number;
  close(): Promise<void>;
}

/**
 * Reads a graph into layers: maps become channels last, shapes are computed where the file has none, and what exporters
 * compute shapes and weights with is computed here. Throws a WeightsError where the file is damaged.
 */
export async function onnxPlans(
  source: ByteSource,
  openBeside: OpenBeside,
  size: readonly [height: number, width: number],
): Promise<OnnxPlans> {
  const model = await readOnnxModel(source);
  const stored = new StoredConstants(source, openBeside);
  const close = (): Promise<void> => stored.close();
  try {
    const { constants, attributes } = await constantsOf(model, stored);
    const users = usersOf(model.nodes);
    const { inputs, batch } = graphInputs(model, users, size);
    const walk = new GraphWalk({
      ...{ constants, users, batch, opset: model.opset },
      outputs: new Set(model.outputs.map(({ name }) => name)),
      attribute: (node, name) => attributes.get(node)?.get(name),
    });
    const inputNames = inputs.map((input) => walk.addInput(input));
    const { able, circular } = nodeOrder(model.nodes, users);
    for (const node of able) walk.take(node);
    walk.takeCircular(circular);
    const plans: ModelPlans = {
      name: model.name,
      inputs: inputNames,
      outputs: outputsOf(model, walk),
      plans: walk.plans,
      layers: walk.plans.map(({ name }) => ({
        path: [name],
        groups: [],
        parts: [{ layer: name }],
      })),
      stated: new Map(),
      open: inputs.filter(({ isOpen }) => isOpen).map(({ name }) => name),
    };
    return { model, plans, find: finder(walk), values: walk.values, batch, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function constantsOf(model: OnnxModel, stored: StoredConstants) {
  const constants = new Map<string, Constant>();
  for (const [name, tensor] of model.tensors) constants.set(name, await stored.constant(tensor));
  const attributes = new Map<GraphNode, Map<string, Constant>>();
  for (const node of model.nodes) {
    for (const [name, { tensor }] of node.attributes) {
      if (!tensor) continue;
      const own = attributes.get(node) ?? new Map<string, Constant>();
      attributes.set(node, own.set(name, await stored.constant(tensor, node.outputs[0])));
    }
  }
  return { constants, attributes };
}

/** The layers whose outputs are the graph's. */
function outputsOf({ outputs }: OnnxModel, { values }: GraphWalk): readonly string[] {
  const names = outputs.flatMap(({ name }) => {
    const value = values.get(name);
    if (value?.kind === 'tensor') return [value.layer.name];
    return value?.kind === 'lost' ? [value.layer] : [];
  });
  return [...new Set(names)];
}

/** By the names of the network's weights, which the walk has given to constants. */
function finder({ weights }: GraphWalk): FindTensors {
  return (slots) => {
    const found = new Map<WeightSlot, FoundTensor>();
    for (const slot of slots) {
      const weight = weights.get(slot.key);
      if (weight) found.set(slot, layerWeight(weight));
    }
    return Promise.resolve(found);
  };
}

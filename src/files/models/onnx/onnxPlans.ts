import type { ByteSource } from '../../bytes/byteSource';
import type { OpenBeside } from '../../bytes/openBeside';
import type { FindTensors } from '../plans/modelWeights';
import type { ModelPlans } from '../plans/modelPlans';
import type { Constant } from './graph/constant';
import { nodeOrder, usersOf } from './graph/nodeOrder';
import type { GraphNode, OnnxModel } from './graph/onnxModel';
import { readOnnxModel } from './graph/readOnnxModel';
import { StoredConstants } from './graph/storedConstants';
import { graphInputs } from './graphInputs';
import { GraphWalk } from './graphWalk';
import { translate } from './translate';
import { channelsFirst, type Value } from './values/value';
import { foundIn, outputsOf, plansOfWalk } from './walkedPlans';

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
      ...{ constants, users, batch, translate, opset: model.opset, layout: channelsFirst },
      outputs: new Set(model.outputs.map(({ name }) => name)),
      attribute: (node, name) => attributes.get(node)?.get(name),
    });
    const inputNames = inputs.map((input) => walk.addInput(input));
    const { able, circular } = nodeOrder(model.nodes, users);
    for (const node of able) walk.take(node);
    walk.takeCircular(circular);
    const plans = plansOfWalk(walk, {
      name: model.name,
      inputs: inputNames,
      outputs: outputsOf(
        model.outputs.map(({ name }) => name),
        walk,
      ),
      open: inputs.filter(({ isOpen }) => isOpen).map(({ name }) => name),
    });
    return { model, plans, find: foundIn(walk), values: walk.values, batch, close };
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

import type { OpenBeside } from '../../bytes/openBeside';
import { nodeOrder, usersOf } from '../onnx/graph/nodeOrder';
import type { GraphEnd } from '../onnx/graph/onnxModel';
import type { GraphInput } from '../onnx/graphInputs';
import { GraphWalk } from '../onnx/graphWalk';
import { foundIn, outputsOf, plansOfWalk } from '../onnx/walkedPlans';
import { channelsLast, usualAxes, type Value } from '../onnx/values/value';
import type { ModelPlans } from '../plans/modelPlans';
import type { FindTensors } from '../plans/modelWeights';
import { graphConstants } from './graphConstants';
import { readGraphDef } from './graphDef';
import { layerNames } from './layerNames';
import type { Operation } from '../onnx/values/operation';
import { operators } from './operators/operators';
import { TfOperation } from './operators/tfOperation';
import { unknown } from '../onnx/translate';

/** A graph of TensorFlow, opened. */
export interface TensorflowPlans {
  readonly plans: ModelPlans;
  readonly find: FindTensors;
  readonly missing: string | undefined;
  /** What each name of the graph stands for. */
  readonly values: ReadonlyMap<string, Value>;
  close(): Promise<void>;
}

/** The version of ONNX' operators that TensorFlow's are done as. */
const opset = 21;
const colours = 3;

/** Reads a graph into layers; what it computes shapes with is computed here. Throws a WeightsError where it is damaged. */
export async function tensorflowPlans(
  model: Readonly<Record<string, unknown>>,
  openBeside: OpenBeside,
  size: readonly [height: number, width: number],
): Promise<TensorflowPlans> {
  const graph = readGraphDef(model);
  const { constants, missing, close } = await graphConstants(model, openBeside);
  try {
    const users = usersOf(graph.nodes);
    const walk = new GraphWalk({
      ...{ constants, users, opset, translate, batch: 1, layout: channelsLast },
      outputs: new Set(graph.outputs),
      names: layerNames(graph.nodes),
      attribute: () => undefined,
    });
    const inputs = graph.inputs
      .filter(({ name }) => users.has(name))
      .map((input) => graphInput(input, size));
    const inputNames = inputs.map((input) => walk.addInput(input));
    const { able, circular } = nodeOrder(graph.nodes, users);
    for (const node of able) walk.take(node);
    walk.takeCircular(circular);
    const plans = plansOfWalk(walk, {
      name: 'graph',
      inputs: inputNames,
      outputs: outputsOf(graph.outputs, walk),
      open: inputs.filter(({ isOpen }) => isOpen).map(({ name }) => name),
    });
    return { plans, find: foundIn(walk), missing, values: walk.values, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the outputs of a node of TensorFlow stand for; throws a NetworkError where it is at fault, or not known. */
function translate({ node, around }: Operation): readonly Value[] {
  const operation = new TfOperation(node, around);
  const operator = Object.hasOwn(operators, node.op) ? operators[node.op] : undefined;
  const made = operator ? operator(operation) : unknown(operation);
  return Array.isArray(made) ? (made as readonly Value[]) : [made as Value];
}

/** An input with a batch of one, of the size that is given where the file leaves it open. */
function graphInput({ name, dims: stated }: GraphEnd, size: readonly [number, number]): GraphInput {
  if (!stated) return { name, dims: undefined, axes: [], isOpen: false };
  const isMap = stated.length === 4;
  const standing = isMap ? [1, ...size, colours] : [];
  const dims = stated.map((axis, at) =>
    at === 0 && stated.length > 1 ? 1 : (axis ?? standing[at] ?? 1),
  );
  const isOpen = isMap && (stated[1] === undefined || stated[2] === undefined);
  return { name, dims, axes: usualAxes(dims, channelsLast), isOpen };
}

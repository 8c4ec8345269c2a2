import type { FindConstant } from '../containers/onnxConstants';
import { constantsOf } from '../containers/onnxConstants';
import type { OnnxGraph, OnnxNode } from '../containers/onnxGraph';
import type { NormStep } from '../tensors/normOrder';
import type { OnnxValues } from './onnxValues';

/** How a graph pools and normalises, in running order; PyTorch writes response norms out: x / (k + alpha * mean) ^ beta. */
export async function onnxNormSteps(
  graph: OnnxGraph,
  values: OnnxValues,
): Promise<readonly NormStep[]> {
  const constant = constantsOf(graph);
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node])));
  const steps: NormStep[] = [];
  for (const node of graph.nodes) {
    const { op, numbers, inputs } = node;
    if (op === 'MaxPool') steps.push({ kind: 'pool' });
    if (op === 'LRN')
      steps.push({
        kind: 'norm',
        k: numbers.get('bias') ?? 1,
        alpha: numbers.get('alpha') ?? 1e-4,
      });
    const power = op === 'Div' ? makers.get(inputs[1] ?? '') : undefined;
    const sum = power?.op === 'Pow' ? makers.get(power.inputs[0] ?? '') : undefined;
    const product = sum?.op === 'Add' ? makers.get(sum.inputs[0] ?? '') : undefined;
    if (!sum || product?.op !== 'Mul') continue;
    const [k, alpha] = [
      await numberOf(sum, constant, values),
      await numberOf(product, constant, values),
    ];
    if (k !== undefined && alpha !== undefined) steps.push({ kind: 'norm', k, alpha });
  }
  return steps;
}

/** The single number that a node's value is added to or multiplied by. */
async function numberOf(
  { inputs }: OnnxNode,
  constant: FindConstant,
  values: OnnxValues,
): Promise<number | undefined> {
  const tensor = constant(inputs[1] ?? '')?.tensor;
  if (!tensor || tensor.shape.some((size) => size !== 1)) return undefined;
  return (await values.list(tensor))[0];
}

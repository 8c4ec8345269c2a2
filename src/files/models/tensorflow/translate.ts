import type { Operation } from '../onnx/values/operation';
import type { Value } from '../onnx/values/value';
import { operators } from './operators/operators';
import { TfOperation } from './operators/tfOperation';
import { unknown } from '../onnx/translate';

/** What the outputs of a node of TensorFlow stand for; throws a NetworkError where it is at fault, or not known. */
export function translate({ node, around }: Operation): readonly Value[] {
  const operation = new TfOperation(node, around);
  const operator = Object.hasOwn(operators, node.op) ? operators[node.op] : undefined;
  const made = operator ? operator(operation) : unknown(operation);
  return Array.isArray(made) ? (made as readonly Value[]) : [made as Value];
}

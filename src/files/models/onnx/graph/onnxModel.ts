import type { Shape } from '../../../../network/tensor/shape';
import type { OnnxTensor } from '../../../containers/onnxTensor';
import type { Range } from '../../../containers/protobufReader';

/** A constant tensor as the file has it, and the range of its message, in bytes. */
export interface StoredTensor {
  readonly tensor: OnnxTensor;
  readonly range: Range;
}

/** A node's attribute; one of another kind, such as a graph, has no value. */
export interface Attribute {
  readonly number?: number;
  readonly text?: string;
  readonly numbers?: readonly number[];
  readonly tensor?: StoredTensor;
}

/** An operator in the graph; an omitted input or output has an empty name. */
export interface GraphNode {
  readonly op: string;
  /** Of the operator; empty for ONNX's own. */
  readonly domain: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** An input or output; an axis that the file leaves open is undefined. */
export interface GraphEnd {
  readonly name: string;
  readonly dims: readonly (number | undefined)[] | undefined;
}

/** A whole model, of which only sizes and names were read. */
export interface OnnxModel {
  readonly producer: string;
  readonly name: string;
  /** Version of ONNX's own operators. */
  readonly opset: number;
  /** What its author added, by key. */
  readonly metadata: ReadonlyMap<string, string>;
  readonly nodes: readonly GraphNode[];
  readonly inputs: readonly GraphEnd[];
  readonly outputs: readonly GraphEnd[];
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** `[1, 3, 224, 224]`, as ONNX' tools write a shape. */
export function dimsText(dims: Shape): string {
  return `[${dims.join(', ')}]`;
}

import { fieldsOf } from '../../containers/smallJson';

/** The output of a call of a layer, by the layer's name within its model. */
export interface TensorRef {
  readonly layer: string;
  readonly call: number;
  readonly output: number;
}

/** One call of a layer. */
export interface Call {
  /** What it was given, in order. */
  readonly operands: readonly Operand[];
  /** The second of its arguments as the file has it, where Keras 3 wrote it: what `x[…]` is asked for. */
  readonly second?: unknown;
}

/** The output of a layer, a number, or numbers that the file has as an array. */
export type Operand = TensorRef | number | { readonly numbers: unknown };

/** The tensors among a call's operands. */
export function tensorsOf({ operands }: Call): readonly TensorRef[] {
  return operands.filter(isRef);
}

function isRef(operand: Operand): operand is TensorRef {
  return typeof operand !== 'number' && 'layer' in operand;
}

/** The calls of a layer: `inbound_nodes`, as Keras 3 spells it or as Keras 1 and 2 and TensorFlow.js do. */
export function callsIn(inboundNodes: unknown): readonly Call[] {
  return Array.isArray(inboundNodes) ? inboundNodes.map(callIn) : [];
}

function callIn(node: unknown): Call {
  const { args, kwargs } = fieldsOf(node) ?? {};
  if (args === undefined) return { operands: operandsIn(node) };
  const [, second] = Array.isArray(args) ? (args as readonly unknown[]) : [];
  return { operands: operandsIn([args, kwargs]), second };
}

/** References to outputs of layers in a list of them, or a reference alone. */
export function refsIn(value: unknown): readonly TensorRef[] {
  return operandsIn(value).filter(isRef);
}

/** Keras 3's names of arrays that are no layer's output. */
const arrays: readonly unknown[] = ['__numpy__', '__tensor__'];

/** Keras 2's name for a number in the place of a tensor. */
const constant = '_CONSTANT_VALUE';

/** Depth-first; JSON is not read deeper than a call can nest. */
function operandsIn(value: unknown): Operand[] {
  if (typeof value === 'number') return [value];
  if (Array.isArray(value)) {
    const [layer, call, output, settings] = value as readonly unknown[];
    if (layer === constant)
      return typeof output === 'number' ? [output, ...operandsIn(settings)] : [];
    if (typeof layer !== 'string' || typeof call !== 'number') return value.flatMap(operandsIn);
    return typeof output === 'number' ? [{ layer, call, output }, ...operandsIn(settings)] : [];
  }
  const fields = fieldsOf(value) ?? {};
  const config = fieldsOf(fields['config']);
  if (arrays.includes(fields['class_name'])) return [{ numbers: config?.['value'] }];
  const history = config?.['keras_history'];
  return history === undefined ? Object.values(fields).flatMap(operandsIn) : operandsIn(history);
}

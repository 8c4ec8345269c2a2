import { fieldsOf } from '../../containers/smallJson';

/** The output of a call of a layer, by the layer's name within its model. */
export interface TensorRef {
  readonly layer: string;
  readonly call: number;
  readonly output: number;
}

/** One call of a layer. */
export interface Call {
  /** What it was given, in order: outputs of layers and numbers. */
  readonly operands: readonly (TensorRef | number)[];
  /** Settings by name; of operations that are saved as layers. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The tensors among a call's operands. */
export function tensorsOf({ operands }: Call): readonly TensorRef[] {
  return operands.filter((operand) => typeof operand !== 'number');
}

/** The calls of a layer: `inbound_nodes`, as Keras 3 spells it or as Keras 1 and 2 and TensorFlow.js do. */
export function callsIn(inboundNodes: unknown): readonly Call[] {
  return Array.isArray(inboundNodes) ? inboundNodes.map(callIn) : [];
}

function callIn(node: unknown): Call {
  const { args, kwargs } = fieldsOf(node) ?? {};
  const settings = fieldsOf(kwargs) ?? lastFields(node);
  return { operands: operandsIn(args === undefined ? node : [args, kwargs]), settings };
}

/** What stands behind a tensor in Keras 2: the settings of the call. */
function lastFields(node: unknown): Readonly<Record<string, unknown>> {
  if (!Array.isArray(node)) return {};
  const last: unknown = node.at(-1);
  return Array.isArray(last) ? lastFields(last) : (fieldsOf(last) ?? {});
}

/** References to outputs of layers in a list of them, or a reference alone. */
export function refsIn(value: unknown): readonly TensorRef[] {
  return operandsIn(value).filter((operand) => typeof operand !== 'number');
}

/** Keras 2's name for a number in the place of a tensor. */
const constant = '_CONSTANT_VALUE';

/** Depth-first; JSON is not read deeper than a call can nest. */
function operandsIn(value: unknown): (TensorRef | number)[] {
  if (typeof value === 'number') return [value];
  if (Array.isArray(value)) {
    const [layer, call, output, settings] = value as readonly unknown[];
    if (layer === constant)
      return typeof output === 'number' ? [output, ...operandsIn(settings)] : [];
    if (typeof layer !== 'string' || typeof call !== 'number') return value.flatMap(operandsIn);
    return typeof output === 'number' ? [{ layer, call, output }, ...operandsIn(settings)] : [];
  }
  const fields = fieldsOf(value) ?? {};
  const history = fieldsOf(fields['config'])?.['keras_history'];
  return history === undefined ? Object.values(fields).flatMap(operandsIn) : operandsIn(history);
}

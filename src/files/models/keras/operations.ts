import { activationNamed } from './activations';
import type { LayerSettings, MergeOperation } from '../../../network/layers/layer';
import { type Call, tensorsOf } from './calls';
import { objectIn } from './layerConfig';

/** Arithmetic by the names that Keras 3's classes and TensorFlow's functions have in lower case. */
const arithmetic: ReadonlyMap<string, MergeOperation> = new Map([
  ['add', 'add'],
  ['subtract', 'subtract'],
  ['sub', 'subtract'],
  ['multiply', 'multiply'],
  ['mul', 'multiply'],
  ['maximum', 'maximum'],
  ['minimum', 'minimum'],
]);

/** The name of an operation that is saved as a layer, in lower case; undefined for a layer. */
export function operationIn(
  className: string,
  module: unknown,
  config: unknown,
): string | undefined {
  if (typeof module === 'string' && /^keras(\.src)?\.ops\b/.test(module)) {
    return className.toLowerCase();
  }
  if (className !== 'TFOpLambda') return undefined;
  const name = objectIn({ class_name: '', config })?.config;
  const text = (name as { readonly function?: unknown } | undefined)?.function;
  return typeof text === 'string' ? text.slice(text.lastIndexOf('.') + 1).toLowerCase() : undefined;
}

/** What an operation does in a call: arithmetic of tensors and numbers, or a function of each value. */
export function operationSettings(operation: string, call: Call): LayerSettings {
  const merge = arithmetic.get(operation);
  const [first, second] = call.operands;
  const tensors = tensorsOf(call).length;
  if (merge && tensors >= 2) return { kind: 'Merge', operation: merge };
  const number = [first, second].find((operand) => typeof operand === 'number');
  const scaled = number !== undefined && tensors === 1;
  if (scaled && typeof first === 'number') return byNumber(operation, number, true);
  if (scaled) return byNumber(operation, number, false);
  const activation = tensors === 1 ? activationNamed(operation, false) : undefined;
  if (activation === 'softmax') return { kind: 'Softmax' };
  if (activation !== undefined) return { kind: 'Activation', activation };
  return { kind: 'Unknown', operation };
}

/** x and a number; `isFirst` where the number stands before it. */
function byNumber(operation: string, number: number, isFirst: boolean): LayerSettings {
  const line = (scale: number, offset: number): LayerSettings => ({
    kind: 'Rescaling',
    scale,
    offset,
  });
  switch (operation) {
    case 'add':
      return line(1, number);
    case 'multiply':
    case 'mul':
      return line(number, 0);
    case 'subtract':
    case 'sub':
      return isFirst ? line(-1, number) : line(1, -number);
    case 'divide':
    case 'truedivide':
    case 'truediv':
      return isFirst ? { kind: 'Unknown', operation } : line(1 / number, 0);
    default:
      return { kind: 'Unknown', operation };
  }
}

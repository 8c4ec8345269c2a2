import type { PointwiseActivation } from '../../../network/layers/activations';
import type { LayerSettings, MergeOperation } from '../../../network/layers/layer';
import type { Shape } from '../../../network/tensor/shape';
import { activationNamed } from './activations';
import { type Call, type Operand, tensorsOf } from './calls';
import type { ConfigLayer } from './configModel';
import { getItem } from './getItem';
import { isClass } from './layerClasses';
import type { LayerConfig } from './layerConfig';

/** An operation that is saved as a layer. */
export interface SavedOperation {
  /** Its name in small letters, without what stands between its words: `leakyrelu`. */
  readonly name: string;
  readonly config: LayerConfig;
  readonly call: Call;
}

/** Arithmetic by the names of Keras 3's classes and TensorFlow's functions. */
const arithmetic: ReadonlyMap<string, MergeOperation> = new Map([
  ['add', 'add'],
  ['subtract', 'subtract'],
  ['sub', 'subtract'],
  ['multiply', 'multiply'],
  ['mul', 'multiply'],
  ['maximum', 'maximum'],
  ['minimum', 'minimum'],
]);

/**
 * The name of an operation that is saved as a layer; undefined for a layer. Keras 3's `.h5` files do not say which is which:
 * there what adds a number is none of its layers.
 */
export function operationIn(layer: ConfigLayer, call: Call): string | undefined {
  const { className, module, config, isKeras3 } = layer;
  const isOperation = typeof module === 'string' && /^keras(\.src)?\.ops\b/.test(module);
  const isUnsaid = isKeras3 && module === undefined && isAlone(className, call);
  if (isOperation || isUnsaid) return plain(className);
  if (className !== 'TFOpLambda') return undefined;
  const text = config['function'];
  return typeof text === 'string' ? plain(text.slice(text.lastIndexOf('.') + 1)) : undefined;
}

/** Whether a call is of no layer that is known: of a class that is none, or arithmetic of one tensor. */
function isAlone(className: string, call: Call): boolean {
  const isOne = tensorsOf(call).length === 1;
  return isOne && (arithmetic.has(plain(className)) || !isClass(className));
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll('_', '');
}

/** What an operation does in a call: arithmetic, a function of each value, or a layer's work under another name. */
export function operationSettings(
  { name, config, call }: SavedOperation,
  inputs: readonly Shape[],
): LayerSettings {
  const tensors = tensorsOf(call).length;
  const merge = arithmetic.get(name);
  if (merge && tensors >= 2) return { kind: 'Merge', operation: merge };
  const part = name === 'getitem' ? getItem(call.second, inputs) : undefined;
  if (part) return part;
  const [first, second] = call.operands;
  const isFirst = first !== undefined && numbersOf(first, inputs) !== undefined;
  const numbers = [first, second].flatMap((each) =>
    each === undefined ? [] : [numbersOf(each, inputs)],
  );
  const number = numbers.find((each) => each !== undefined);
  const known =
    tensors === 1 && number !== undefined ? byNumbers(name, number, isFirst) : undefined;
  const settings = known ?? (tensors === 1 ? ofOne(name, config) : undefined);
  if (settings) return settings;
  if (name.startsWith('concat') && config.number('axis', -1) === -1) return { kind: 'Concatenate' };
  return { kind: 'Unknown', operation: config.className };
}

type Numbers = number | readonly number[];

/** A number, or a number for each channel. */
function numbersOf(operand: Operand, [input]: readonly Shape[]): Numbers | undefined {
  if (typeof operand === 'number') return operand;
  if (!('numbers' in operand)) return undefined;
  if (typeof operand.numbers === 'number') return operand.numbers;
  const values: readonly unknown[] = [operand.numbers].flat(Infinity);
  // Along other axes than the last they would be something else.
  const isList = Array.isArray(operand.numbers) && values.length === operand.numbers.length;
  const fits = isList && (!input || values.length === input.at(-1));
  return fits && values.every((each) => typeof each === 'number') ? values : undefined;
}

/** x and numbers; `isFirst` where these stand before it. */
function byNumbers(name: string, numbers: Numbers, isFirst: boolean): LayerSettings | undefined {
  const each = (of: (value: number) => number): Numbers =>
    typeof numbers === 'number' ? of(numbers) : numbers.map(of);
  const line = (scale: Numbers, offset: Numbers): LayerSettings => ({
    ...{ kind: 'Rescaling', scale, offset },
  });
  const curve = (activation: PointwiseActivation): LayerSettings => ({
    ...{ kind: 'Activation', activation },
  });
  const one = typeof numbers === 'number' ? numbers : undefined;
  switch (name) {
    case 'add':
      return line(1, numbers);
    case 'multiply':
    case 'mul':
      return line(numbers, 0);
    case 'subtract':
    case 'sub':
      return isFirst
        ? line(-1, numbers)
        : line(
            1,
            each((value) => -value),
          );
    case 'divide':
    case 'truedivide':
    case 'truediv':
      return isFirst
        ? undefined
        : line(
            each((value) => 1 / value),
            0,
          );
    case 'maximum':
      return one === undefined ? undefined : curve({ function: 'clip', least: one });
    case 'power':
    case 'pow':
      return one === undefined || isFirst ? undefined : curve({ function: 'power', exponent: one });
    case 'minimum':
      return one === undefined ? undefined : curve({ function: 'clip', most: one });
    default:
      return undefined;
  }
}

/** What is done to one tensor. */
function ofOne(name: string, config: LayerConfig): LayerSettings | undefined {
  const activate = (activation: PointwiseActivation): LayerSettings => ({
    ...{ kind: 'Activation', activation },
  });
  switch (name) {
    case 'negative':
      return { kind: 'Rescaling', scale: -1, offset: 0 };
    case 'square':
      return activate({ function: 'power', exponent: 2 });
    case 'sqrt':
      return activate({ function: 'power', exponent: 0.5 });
    case 'absolute':
    case 'abs':
      // What is below 0 turned about.
      return activate({ function: 'bent', slope: -1, threshold: 0 });
    case 'identity':
    case 'stopgradient':
    case 'cast':
      return { kind: 'Identity', operation: config.className };
    case 'gelu':
      return activate(config.flag('approximate', true) ? 'gelu_tanh' : 'gelu');
    case 'leakyrelu': {
      const slope = config.number('negative_slope', 0.2);
      return activate({ function: 'bent', slope, threshold: 0 });
    }
    case 'clip': {
      const [least, most] = [config.number('x_min'), config.number('x_max')];
      return activate({ function: 'clip', least, most });
    }
    case 'mean':
      return overMap(config, 'GlobalAveragePooling2D');
    case 'max':
      return overMap(config, 'GlobalMaxPooling2D');
    case 'reshape': {
      const target = config.numbers('newshape').slice(1);
      return { kind: 'Reshape', target };
    }
    case 'transpose': {
      const [batch, ...axes] = config.numbers('axes');
      return batch === 0 ? { kind: 'Permute', axes: axes.map((axis) => axis - 1) } : undefined;
    }
    default:
      return functionNamed(name);
  }
}

/** A mean or maximum over height and width. */
function overMap(
  config: LayerConfig,
  kind: 'GlobalAveragePooling2D' | 'GlobalMaxPooling2D',
): LayerSettings | undefined {
  const axes = config.raw('axis') === undefined ? [] : config.numbers('axis');
  const isMap = axes.length === 2 && axes.includes(1) && axes.includes(2);
  return isMap ? { kind, keepDims: config.flag('keepdims', false) } : undefined;
}

/** Names of functions whose words stand together. */
const joined: ReadonlyMap<string, string> = new Map([
  ['hardsigmoid', 'hard_sigmoid'],
  ['hardsilu', 'hard_silu'],
  ['hardswish', 'hard_swish'],
  ['hardtanh', 'hard_tanh'],
]);

function functionNamed(name: string): LayerSettings | undefined {
  const activation = activationNamed(joined.get(name) ?? name, false);
  if (activation === undefined) return undefined;
  return activation === 'softmax' ? { kind: 'Softmax' } : { kind: 'Activation', activation };
}

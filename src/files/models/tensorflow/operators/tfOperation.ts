import { NetworkError } from '../../../../network/tensor/networkError';
import { type Attribute } from '../../onnx/graph/onnxModel';
import { computed } from '../../onnx/graph/constant';
import { translate as translateOnnx } from '../../onnx/translate';
import { Operation, type Surroundings } from '../../onnx/values/operation';
import type { Value } from '../../onnx/values/value';

/** What an operator of ONNX is given: a value of the graph, or whole numbers. */
type Given = Value | readonly number[];

/** Attributes of an operator of ONNX, by name. */
type Settings = Readonly<Record<string, number | string | readonly number[] | undefined>>;

/** An operator of TensorFlow, as it becomes layers: most mean what one or several of ONNX' do. */
export class TfOperation extends Operation {
  /** What an operator of ONNX makes of values. */
  onnx(op: string, inputs: readonly Given[], settings: Settings = {}): readonly Value[] {
    const given = inputs.map(asValue);
    const names = given.map((_, at) => `${this.node.name}#${at}`);
    const { around } = this;
    const own: Surroundings = {
      opset: around.opset,
      batch: around.batch,
      layout: around.layout,
      value: (name) => given[names.indexOf(name)] ?? around.value(name),
      attribute: (node, name) => around.attribute(node, name),
      add: (layer, sources, options) => around.add(layer, sources, options),
      soleUser: () => undefined,
      absorb: (node, value) => around.absorb(node, value),
    };
    const attributes = new Map(
      Object.entries(settings).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, attributeOf(value)] as const],
      ),
    );
    // Without its scope, which the layer's name has already.
    const outputs = this.node.outputs.map((name) => name.slice(name.lastIndexOf('/') + 1));
    const node = { ...this.node, op, inputs: names, outputs, attributes };
    return translateOnnx(new Operation(node, own));
  }

  /** The one output of an operator of ONNX. */
  one(op: string, inputs: readonly Given[], settings: Settings = {}): Value {
    const [made] = this.onnx(op, inputs, settings);
    if (made) return made;
    throw new NetworkError(`${this.op} makes nothing`);
  }

  /** All of its inputs. */
  get given(): readonly Value[] {
    return this.node.inputs.map((_, at) => this.value(at));
  }

  /** An input of one whole number. */
  whole(index: number, what: string): number {
    const [number = NaN] = this.values(index, what);
    if (Number.isSafeInteger(number)) return number;
    throw new NetworkError(`its ${what} is ${number}`);
  }
}

function asValue(given: Given): Value {
  if ('kind' in given) return given;
  const values = Float64Array.from(given);
  return { kind: 'constant', constant: computed('', [given.length], values, true) };
}

function attributeOf(value: number | string | readonly number[]): Attribute {
  if (typeof value === 'number') return { number: value };
  return typeof value === 'string' ? { text: value } : { numbers: value };
}

/** What the outputs of an operator of TensorFlow stand for. */
export type TfOperator = (operation: TfOperation) => Value | readonly Value[];

import type { PointwiseActivation } from '../../../../network/layers/activations';
import { type Constant, computed } from '../../onnx/graph/constant';
import type { TfOperation, TfOperator } from './tfOperation';
import { leaky } from './fused';

/** Operators that ONNX has under these names, with the same inputs and no attributes. */
const sameAs: Readonly<Record<string, string>> = {
  ...{ Add: 'Add', AddV2: 'Add', BiasAdd: 'Add', BiasAddV1: 'Add', AddN: 'Sum' },
  ...{ Sub: 'Sub', Mul: 'Mul', Maximum: 'Max', Minimum: 'Min', Pow: 'Pow' },
  ...{ Div: 'Div', RealDiv: 'Div', FloorDiv: 'Div', DivNoNan: 'Div' },
  ...{ Relu: 'Relu', Elu: 'Elu', Selu: 'Selu', Sigmoid: 'Sigmoid', Tanh: 'Tanh', Exp: 'Exp' },
  ...{ Softplus: 'Softplus', Softsign: 'Softsign', Erf: 'Erf', Log: 'Log', Abs: 'Abs' },
  ...{ Sqrt: 'Sqrt', Neg: 'Neg', Reciprocal: 'Reciprocal', Inv: 'Reciprocal', Prelu: 'PRelu' },
  ...{ Identity: 'Identity', StopGradient: 'Identity', Snapshot: 'Identity', Tile: 'Tile' },
  ...{ Softmax: 'Softmax', LogSoftmax: 'LogSoftmax', PlaceholderWithDefault: 'Identity' },
  ...{ Range: 'Range', Select: 'Where', SelectV2: 'Where', Equal: 'Equal', Greater: 'Greater' },
  ...{ Less: 'Less', Floor: 'Floor', Ceil: 'Ceil', BroadcastTo: 'Expand', FloorMod: 'Mod' },
};

function activated(
  activation: PointwiseActivation | ((operation: TfOperation) => PointwiseActivation),
): TfOperator {
  return (operation) =>
    operation.alike(
      {
        kind: 'Activation',
        activation: typeof activation === 'function' ? activation(operation) : activation,
      },
      operation.tensor(0),
    );
}

/** A power of one number, of a layer's values or of a constant's. */
function power(exponent: number): TfOperator {
  return (operation) => {
    const given = operation.value(0);
    if (given.kind !== 'constant') return activated({ function: 'power', exponent })(operation);
    return { kind: 'constant', constant: raised(given.constant, exponent) };
  };
}

function raised({ name, dims, values = new Float64Array(), isWhole }: Constant, exponent: number) {
  return computed(
    name,
    dims,
    values.map((x) => x ** exponent),
    isWhole && exponent > 0,
  );
}

/** (a − b)². */
const squaredDifference: TfOperator = (operation) => {
  const difference = operation.one('Sub', operation.given);
  const two = computed('', [], Float64Array.of(2), false);
  return operation.one('Pow', [difference, { kind: 'constant', constant: two }]);
};

/** Types as ONNX numbers them. */
const onnxFloat = 1;
const onnxInteger = 7;

const cast: TfOperator = (operation) => {
  const given = operation.value(0);
  if (given.kind !== 'constant') return given;
  const isFloat = /FLOAT|HALF|DOUBLE/.test(operation.text('DstT', ''));
  return operation.one('Cast', [given], { to: isFloat ? onnxFloat : onnxInteger });
};

export const pointwise: Readonly<Record<string, TfOperator>> = {
  ...Object.fromEntries(
    Object.entries(sameAs).map(([name, op]): [string, TfOperator] => [
      name,
      (operation) => operation.onnx(op, operation.given),
    ]),
  ),
  Relu6: activated('relu6'),
  LeakyRelu: activated(leaky),
  Rsqrt: power(-0.5),
  Square: power(2),
  SquaredDifference: squaredDifference,
  ClipByValue: (operation) => operation.onnx('Clip', operation.given),
  IdentityN: (operation) => operation.given,
  Cast: cast,
};

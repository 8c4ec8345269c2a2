import { type Activation, activationTitle } from './layers/activations';
import type { Layer } from './layers/layer';
import type { Network } from './network';
import { formatShape } from './tensor/shape';

/**
 * How the values of a network's first output say which class a picture is of. `softmax`: they are logits, or a softmax makes
 * the output of them. `probabilities`: each is one already, as after a sigmoid. `none`: they are no classes, and why.
 */
export type ClassReading =
  | { readonly kind: 'softmax' }
  | { readonly kind: 'probabilities' }
  | { readonly kind: 'none'; readonly why: string };

/** Layers that hand values on as they are. */
const passing: ReadonlySet<Layer['kind']> = new Set(['Flatten', 'Dropout']);

/** Reads the first output; a layer of n numbers without an activation is taken for logits, as PyTorch's classifiers end. */
export function classReading({ outputs, layers, unresolved }: Network): ClassReading {
  const [name] = outputs;
  const problem = unresolved.find((each) => each.name === name)?.problem;
  if (problem) return { kind: 'none', why: `${problem.sentence}.` };
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const output = name === undefined ? undefined : byName.get(name);
  if (!output) return { kind: 'none', why: 'The network has no output.' };
  const { outputShape } = output;
  if (outputShape.length !== 1)
    return none(
      `${output.name} gives ${formatShape(outputShape)} values, not a number for each class`,
    );
  let last = output;
  while (passing.has(last.kind) || isSteps(activationOf(last))) {
    const before = byName.get(last.inputs[0] ?? '');
    if (!before) break;
    last = before;
  }
  const activation = activationOf(last);
  if (activation === 'softmax') return { kind: last === output ? 'softmax' : 'probabilities' };
  if (activation === 'sigmoid') return { kind: 'probabilities' };
  if (outputShape[0] === 1) return none(`${output.name} gives one number, not a class`);
  // The softmax of logarithms of probabilities are these again.
  if (activation === 'linear' || isLogarithm(activation)) return { kind: 'softmax' };
  const title = typeof activation === 'string' ? activation : activationTitle(activation);
  return none(`${output.name} ends in ${title}: its values are no probabilities`);
}

/** Integers of 8 bits, as floats. */
function isSteps(activation: Activation): boolean {
  return typeof activation === 'object' && activation.function === 'quantise';
}

function isLogarithm(activation: Activation): boolean {
  return typeof activation === 'object' && activation.function === 'log';
}

function activationOf(layer: Layer): Activation {
  if (layer.kind === 'Softmax') return 'softmax';
  return 'activation' in layer ? layer.activation : 'linear';
}

function none(why: string): ClassReading {
  return { kind: 'none', why: `${why}.` };
}

import { assemble, type LayerPlan } from '../../../src/network/assemble';
import {
  activation,
  averagePool2d,
  batchNormalization,
  concatenate,
  conv2d,
  dense,
  depthwiseConv2d,
  globalAveragePool2d,
  input,
  maxPool2d,
  merge,
  model,
  type TensorHandle,
} from '../../../src/network/functional';
import type { Network } from '../../../src/network/network';

function convBnRelu(x: TensorHandle, filters: number, kernel: number, name: string): TensorHandle {
  const conv = conv2d(filters, kernel, { name, padding: 'same', useBias: false })(x);
  const norm = batchNormalization({ name: `${name}_bn` })(conv);
  return activation('relu', { name: `${name}_relu` })(norm);
}

/** A residual block as He et al. 2015 draw it: two convolutions, and the input past them. */
function residual(x: TensorHandle, name: string): TensorHandle {
  const filters = x.shape.at(-1) ?? 0;
  const first = convBnRelu(x, filters, 3, `${name}_conv1`);
  const second = conv2d(filters, 3, { name: `${name}_conv2`, padding: 'same', useBias: false })(
    first,
  );
  const norm = batchNormalization({ name: `${name}_bn2` })(second);
  const sum = merge('add', { name: `${name}_add` })(norm, x);
  return activation('relu', { name: `${name}_out` })(sum);
}

/** A residual block that halves the map: its short cut is a convolution. */
function projected(x: TensorHandle, filters: number, name: string): TensorHandle {
  const stride = { strides: 2, padding: 'same', useBias: false } as const;
  const short = conv2d(filters, 1, { name: `${name}_short`, ...stride })(x);
  const shortNorm = batchNormalization({ name: `${name}_short_bn` })(short);
  const conv = conv2d(filters, 3, { name: `${name}_conv1`, ...stride })(x);
  const norm = batchNormalization({ name: `${name}_bn1` })(conv);
  const relu = activation('relu', { name: `${name}_relu` })(norm);
  const second = conv2d(filters, 3, { name: `${name}_conv2`, padding: 'same' })(relu);
  const sum = merge('add', { name: `${name}_add` })(shortNorm, second);
  return activation('relu', { name: `${name}_out` })(sum);
}

function stem(): TensorHandle {
  return convBnRelu(input([56, 56, 3]), 64, 3, 'stem');
}

function head(x: TensorHandle): Network {
  const pooled = globalAveragePool2d({ name: 'avg_pool' })(x);
  let picture = pooled;
  for (let [before] = picture.sources; before; [before] = picture.sources) picture = before;
  return model(picture, dense(10, { name: 'predictions' })(pooled));
}

/** Residual blocks one behind the other; the last of every four has a convolution as its short cut. */
export function residualNetwork(blocks: number): Network {
  let x = stem();
  for (let at = 1; at <= blocks; at++) {
    x = at % 4 === 0 ? projected(x, 64, `res${at}`) : residual(x, `res${at}`);
  }
  return head(x);
}

/** Four branches as Szegedy et al. 2014 draw them, of different lengths. */
export function inceptionNetwork(blocks = 1): Network {
  let x = stem();
  for (let at = 1; at <= blocks; at++) {
    const name = (what: string): string => `mixed${at}_${what}`;
    const one = convBnRelu(x, 32, 1, name('1x1'));
    const three = convBnRelu(convBnRelu(x, 48, 1, name('3x3a')), 64, 3, name('3x3b'));
    const five = convBnRelu(convBnRelu(x, 8, 1, name('5x5a')), 16, 5, name('5x5b'));
    const pool = maxPool2d(3, { name: name('pool'), strides: 1, padding: 'same' })(x);
    const pooled = convBnRelu(pool, 16, 1, name('poolproj'));
    x = concatenate({ name: name('concat') })(one, three, five, pooled);
  }
  return head(averagePool2d(2, { name: 'pool', strides: 2 })(x));
}

/** Inverted residual blocks (Sandler et al. 2018): expand, depthwise, project, add. */
export function depthwiseNetwork(): Network {
  let x = stem();
  for (const at of [1, 2]) {
    const expanded = convBnRelu(x, 192, 1, `dw${at}_expand`);
    const depthwise = depthwiseConv2d(3, { name: `dw${at}_depthwise`, padding: 'same' })(expanded);
    const relu = activation('relu6', { name: `dw${at}_relu` })(depthwise);
    const project = conv2d(64, 1, { name: `dw${at}_project` })(relu);
    x = merge('add', { name: `dw${at}_add` })(x, project);
  }
  return head(x);
}

/** Down and up again, with joins across: skips that are long and lie in each other. */
export function nestedNetwork(): Network {
  let x = stem();
  const kept: TensorHandle[] = [];
  for (const at of [1, 2, 3]) {
    kept.push(x);
    x = convBnRelu(x, 64, 3, `down${at}`);
  }
  for (const at of [3, 2, 1]) {
    const skip = kept.pop();
    if (skip) x = concatenate({ name: `join${at}` })(x, skip);
    x = convBnRelu(x, 64, 3, `up${at}`);
  }
  return head(x);
}

/** Every layer joined with all before it (Huang et al. 2016), written as one join each. */
export function denseNetwork(): Network {
  const outputs = [stem()];
  for (const at of [1, 2, 3, 4]) {
    const [first, ...others] = outputs;
    if (!first) break;
    const joined = others.length > 0 ? concatenate({ name: `join${at}` })(first, ...others) : first;
    outputs.push(conv2d(16, 3, { name: `conv${at}`, padding: 'same' })(joined));
  }
  return head(concatenate({ name: 'all' })(...outputs));
}

/** A residual block whose second branch is at fault, with all that follows from it. */
export function faultyNetwork(): Network {
  const plan = (name: string, inputs: readonly string[], settings: LayerPlan['settings']) => ({
    name,
    inputs,
    settings,
  });
  const conv = (kernel: number) =>
    ({
      kind: 'Conv2D',
      filters: 8,
      kernel: [kernel, kernel],
      stride: [1, 1],
      dilation: [1, 1],
      padding: 'valid',
      groups: 1,
      useBias: true,
      activation: 'relu',
    }) as const;
  return assemble(
    [
      plan('input', [], { kind: 'InputLayer', shape: [8, 8, 3] }),
      plan('conv1', ['input'], conv(3)),
      plan('branch', ['conv1'], conv(1)),
      plan('wide', ['conv1'], conv(9)),
      plan('odd', ['conv1'], { kind: 'Unknown', operation: 'RoiAlign' }),
      plan('join', ['branch', 'wide'], { kind: 'Merge', operation: 'add' }),
      plan('pool', ['join'], { kind: 'GlobalAveragePooling2D', keepDims: false }),
      plan('lost', ['nowhere'], { kind: 'Flatten' }),
    ],
    { inputs: ['input'], outputs: ['pool'] },
  );
}

import type { KernelFunc, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { inputGradient } from './inputGradient';
import { withGaps } from './kernelGaps';
import { floatType, type NativeOps } from './nativeOps';
import type { KernelCall } from './replaceKernel';
import { replaceKernel } from './replaceKernel';

const backendName = 'tensorflow';

/**
 * Replaces tfjs-node's kernels. Two are the TensorFlow ops that Keras itself runs.
 * Its dense layer is BatchMatMulV2, which reads fc6 at two thirds of MatMul's speed
 * (9.8 → 6.2 ms on two cores, fc7 5.0 → 3.0, fc8 1.2 → 0.5); its biases are broadcast additions.
 * A third, the depthwise convolution, TensorFlow refuses to dilate on CPUs; a convolution's gradient to its input is
 * twice as fast as another convolution.
 */
export function registerNativeKernels(): void {
  replaceKernel(tf._FusedMatMul, backendName, dense);
  replaceKernel(tf.FusedConv2D, backendName, convolution);
  replaceKernel(tf.FusedDepthwiseConv2D, backendName, dilatedDepthwise);
  replaceKernel(tf.Conv2DBackpropInput, backendName, inputGradient);
}

/** One picture's dense layer: MatMul, BiasAdd, Relu. */
function dense({ inputs, attrs = {}, backend }: KernelCall): TensorInfo | undefined {
  const { a, b, bias } = inputs as Partial<NamedTensorInfoMap>;
  if (a?.shape.length !== 3 || a.shape[0] !== 1 || b?.shape[0] !== 1) return undefined;
  if (!bias || !isPlain(attrs['activation'])) return undefined;
  const native = backend as NativeOps;
  const { TF_ATTR_BOOL: type } = native.binding;
  return tf.tidy(() => {
    const product = native.executeSingleOutput(
      'MatMul',
      [
        floatType(native),
        { name: 'transpose_a', type, value: attrs['transposeA'] },
        { name: 'transpose_b', type, value: attrs['transposeB'] },
      ],
      [matrix(a), matrix(b)],
    );
    const output = finish(product, bias, attrs['activation'], native);
    return tf.reshape(output, [1, ...output.shape]);
  });
}

/** A convolution as before, then BiasAdd and Relu. */
function convolution(call: KernelCall, original: KernelFunc): TensorInfo | undefined {
  const { x, filter, bias } = call.inputs as Partial<NamedTensorInfoMap>;
  const activation = call.attrs?.['activation'];
  if (!x || !filter || !bias || !isPlain(activation)) return undefined;
  const native = call.backend as NativeOps;
  return tf.tidy(() => {
    const attrs = { ...call.attrs, activation: 'linear' };
    const sums = original({ ...call, inputs: { x, filter }, attrs }) as TensorInfo;
    return finish(sums, bias, activation, native);
  });
}

/** A dilated kernel as a larger one with zeros between its elements. */
function dilatedDepthwise(call: KernelCall, original: KernelFunc): TensorInfo | undefined {
  const { x, filter } = call.inputs as Partial<NamedTensorInfoMap>;
  const [down = 1, across = 1] = (call.attrs?.['dilations'] ?? []) as readonly number[];
  if (!x || !filter || (down === 1 && across === 1)) return undefined;
  return tf.tidy(() => {
    const inputs = { ...call.inputs, filter: withGaps(filter, down, across) };
    const attrs = { ...call.attrs, dilations: [1, 1] };
    return original({ ...call, inputs, attrs }) as tf.Tensor;
  });
}

function finish(
  sums: TensorInfo,
  bias: TensorInfo,
  activation: unknown,
  native: NativeOps,
): tf.Tensor {
  const format = { name: 'data_format', type: native.binding.TF_ATTR_STRING, value: 'NHWC' };
  const biased = native.executeSingleOutput('BiasAdd', [floatType(native), format], [sums, bias]);
  return activation === 'relu'
    ? native.executeSingleOutput('Relu', [floatType(native)], [biased])
    : biased;
}

function isPlain(activation: unknown): boolean {
  return activation === undefined || activation === 'linear' || activation === 'relu';
}

/** The one matrix of a batch of one; shares its memory. Kernels are handed real tensors, typed as their bare facts. */
function matrix(tensor: TensorInfo): tf.Tensor {
  return tf.reshape(tensor as unknown as tf.Tensor, tensor.shape.slice(1));
}

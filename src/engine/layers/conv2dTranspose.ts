import * as tf from '@tensorflow/tfjs-core';
import type { LayerRunner } from './layerRunner';
import { mapTensor } from './layerRunner';
import { fusedPart, remainingPart } from './activations';
import { cropMap, padMap } from './padding';

/** A convolution the other way round: all that comes out of it, then cut or widened, bias and activation. */
export const conv2dTranspose: LayerRunner<'Conv2DTranspose'> = {
  run({ kernel, stride, padding, filters, useBias, activation }, inputs, weights) {
    const x = mapTensor(inputs);
    const [batch, height, width] = x.shape;
    // TensorFlow.js takes [h, w, out, in].
    const filter = tf.transpose(weights('kernel')[0] as tf.Tensor4D, [0, 1, 3, 2]);
    const whole: [number, number, number, number] = [
      batch,
      (height - 1) * stride[0] + kernel[0],
      (width - 1) * stride[1] + kernel[1],
      filters,
    ];
    const spread = tf.conv2dTranspose(x, filter, whole, [...stride], 'valid');
    const least = (pad: number): number => Math.max(0, pad);
    const [[top, bottom], [left, right]] = padding;
    const cut = cropMap(spread, [
      [least(top), least(bottom)],
      [least(left), least(right)],
    ]);
    const sums = padMap(
      cut,
      [
        [least(-top), least(-bottom)],
        [least(-left), least(-right)],
      ],
      0,
    );
    const biased = useBias ? tf.add(sums, weights('bias')[0] as tf.Tensor) : sums;
    const activated = fusedPart(activation) === 'relu' ? tf.relu(biased) : biased;
    return remainingPart(activated, activation);
  },
  softmax: ({ activation }) => activation === 'softmax',
};

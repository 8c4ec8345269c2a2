import type { TensorSummary } from '../../protocol/weightSummary';

/** What batch normalisation comes down to at inference: y = scale · x + shift, channel by channel. */
export interface BatchNormEffect {
  readonly scale: Float32Array;
  readonly shift: Float32Array;
}

/** gamma / √(variance + epsilon), and beta − mean · scale; undefined where a tensor is missing. */
export function batchNormEffect(
  tensors: readonly TensorSummary[],
  epsilon: number,
): BatchNormEffect | undefined {
  const valuesOf = (name: TensorSummary['name']): Float32Array | undefined =>
    tensors.find((tensor) => tensor.name === name)?.values;
  const [gamma, beta] = [valuesOf('gamma'), valuesOf('beta')];
  const [mean, variance] = [valuesOf('moving_mean'), valuesOf('moving_variance')];
  if (!gamma || !beta || !mean || !variance) return undefined;
  const exact = Float64Array.from(
    gamma,
    (value, channel) => value / Math.sqrt((variance[channel] ?? NaN) + epsilon),
  );
  const shift = Float32Array.from(
    beta,
    (value, channel) => value - (mean[channel] ?? NaN) * (exact[channel] ?? NaN),
  );
  return { scale: Float32Array.from(exact), shift };
}

import type { LayerOf } from '../../network/layer';

type Settings = Pick<
  LayerOf<'LocalResponseNormalization'>,
  'depthRadius' | 'bias' | 'alpha' | 'beta'
>;

/** What comes out for what goes in: where a channel answers alone, and where all its neighbours answer alike. */
export interface LrnCurve {
  readonly inputs: readonly number[];
  readonly alone: readonly number[];
  readonly together: readonly number[];
}

const samples = 101;

/** Far enough that the sum of squares outweighs k several times. */
const reachOverKnee = 2.5;

/** The response of local response normalisation, x / (k + alpha · Σ x²)^beta, from 0 to where it bends. */
export function lrnCurve({ depthRadius, bias, alpha, beta }: Settings): LrnCurve {
  const knee = alpha > 0 && bias > 0 ? Math.sqrt(bias / alpha) : 1;
  const end = roundUp(reachOverKnee * knee);
  const inputs = Array.from({ length: samples }, (_, i) => (end * i) / (samples - 1));
  const response = (x: number, channels: number): number =>
    x / (bias + alpha * channels * x * x) ** beta;
  return {
    inputs,
    alone: inputs.map((x) => response(x, 1)),
    together: inputs.map((x) => response(x, 2 * depthRadius + 1)),
  };
}

/** To two digits, so that the axis ends in a plain number. */
function roundUp(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / unit) * unit;
}

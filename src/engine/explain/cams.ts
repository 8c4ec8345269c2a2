/** A layer's values and the target's gradient to them, both row-major [cells, channels]. */
export interface Weighed {
  readonly values: Float32Array;
  readonly gradient: Float32Array;
  readonly channels: number;
}

/** A map over the cells, signed: nothing is cut at zero. */
type CamFormula = (weighed: Weighed) => Float32Array;

/** How maps of a layer's cells follow from its values and gradient. */
export const camFormulas = {
  /** Selvaraju et al. 2017, equations 1 and 2 before the ReLU. */
  gradCam: (weighed) => weighedSum(weighed, meanGradient(weighed)),
  gradCamPlusPlus: (weighed) => weighedSum(weighed, plusPlusWeights(weighed)),
  /** Draelos and Carin 2020. */
  hiResCam: ({ values, gradient, channels }) =>
    sumOverChannels(values, channels, (value, at) => (gradient[at] ?? 0) * value),
  /** Jiang et al. 2021, equation 7 before the ReLU. */
  layerCam: ({ values, gradient, channels }) =>
    sumOverChannels(values, channels, (value, at) => Math.max(0, gradient[at] ?? 0) * value),
} as const satisfies Readonly<Record<string, CamFormula>>;

/** What each channel adds to the sum of Grad-CAM's map, in logits. */
export function channelShares(weighed: Weighed): Float32Array {
  const weights = meanGradient(weighed);
  return Float32Array.from(channelSums(weighed), (sum, channel) => sum * (weights[channel] ?? 0));
}

/** Σ weight of the channel · value, at each cell. */
export function weighedSum(
  { values, channels }: Pick<Weighed, 'values' | 'channels'>,
  weights: Float64Array,
): Float32Array {
  return sumOverChannels(values, channels, (value, at) => (weights[at % channels] ?? 0) * value);
}

/** In double precision: the sum of a cell may be far smaller than what is added. */
function sumOverChannels(
  values: Float32Array,
  channels: number,
  term: (value: number, at: number) => number,
): Float32Array {
  const map = new Float32Array(values.length / channels);
  for (let cell = 0, at = 0; cell < map.length; cell++) {
    let sum = 0;
    for (const end = at + channels; at < end; at++) sum += term(values[at] ?? 0, at);
    map[cell] = sum;
  }
  return map;
}

function meanGradient({ gradient, channels }: Weighed): Float64Array {
  const means = new Float64Array(channels);
  const cells = gradient.length / channels;
  gradient.forEach((slope, at) => add(means, at % channels, slope / cells));
  return means;
}

function channelSums({ values, channels }: Pick<Weighed, 'values' | 'channels'>): Float64Array {
  const sums = new Float64Array(channels);
  values.forEach((value, at) => add(sums, at % channels, value));
  return sums;
}

/** What keeps a channel without values and slopes from 0 / 0, as pytorch-grad-cam has it. */
const epsilon = 1e-6;

/** Chattopadhyay et al. 2018, equations 10 and 19 with powers of the gradient for the exponential's derivatives. */
function plusPlusWeights({ values, gradient, channels }: Weighed): Float64Array {
  const sums = channelSums({ values, channels });
  const weights = new Float64Array(channels);
  gradient.forEach((slope, at) => {
    if (slope <= 0) return;
    const squared = slope * slope;
    const sum = sums[at % channels] ?? 0;
    const share = squared / (2 * squared + sum * squared * slope + epsilon);
    add(weights, at % channels, slope * share);
  });
  return weights;
}

function add(sums: Float64Array, at: number, value: number): void {
  sums[at] = (sums[at] ?? 0) + value;
}

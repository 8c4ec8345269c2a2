import type { Preprocess } from '../../network/preprocess/preprocess';
import type { Shape } from '../../network/tensor/shape';
import type { RgbPicture } from '../../protocol/runMaps';
import { Draws } from '../train/draws';

const white = 255;
const grey = white / 2;
/** Of the noise that a picture begins with, in levels of 0 to 255. */
const startDeviation = 10;

/** How far the picture lies from its place under the network, in pixels down and to the right. */
export interface Shift {
  readonly down: number;
  readonly right: number;
}

type Values = Pick<Preprocess, 'order' | 'scale' | 'mean' | 'std'>;

/** A picture that is changed step by step, in levels of 0 to 255: it never holds what a picture cannot. */
export class RisingPicture {
  /** [height, width, 3], red first. */
  private values: Float32Array;

  constructor(
    private readonly shape: Shape,
    values: Float32Array,
    private readonly preprocess: Values,
  ) {
    this.values = Float32Array.from(values);
  }

  /** Grey with some noise of the seed. */
  static noise(shape: Shape, seed: number, preprocess: Values): RisingPicture {
    const [height = 0, width = 0] = shape;
    const draws = new Draws('imagine', seed, 'noise');
    const noise = Float32Array.from({ length: height * width * 3 }, () =>
      level(grey + startDeviation * draws.gaussian()),
    );
    return new RisingPicture(shape, noise, preprocess);
  }

  get pixels(): Float32Array {
    return Float32Array.from(this.values);
  }

  get picture(): RgbPicture {
    const [height = 0, width = 0] = this.shape;
    return { width, height, rgb: Uint8Array.from(this.values, Math.round) };
  }

  /** What the network is given; what a shift brings in from outside repeats the edge. */
  input(shift: Shift = { down: 0, right: 0 }): Float32Array {
    const tensor = new Float32Array(this.values.length);
    this.eachValue(shift, (at, from, channel) => {
      const { scale, mean, std } = this.preprocess;
      tensor[at] = ((this.values[from] ?? 0) * scale - (mean[channel] ?? 0)) / (std[channel] ?? 1);
    });
    return tensor;
  }

  /**
   * One step up a gradient to the network's values: as long as its root mean square where it is not zero says. Each value
   * then loses a share, `decay`, of its distance from grey.
   */
  climb(
    gradient: Float32Array,
    {
      shift,
      stepSize,
      decay,
    }: { readonly shift: Shift; readonly stepSize: number; readonly decay: number },
  ): void {
    const slopes = new Float32Array(this.values.length);
    this.eachValue(shift, (at, from, channel, isInside) => {
      const { scale, std } = this.preprocess;
      if (isInside) slopes[from] = ((gradient[at] ?? 0) * scale) / (std[channel] ?? 1);
    });
    const size = rootMeanSquare(slopes);
    const rate = size > 0 && Number.isFinite(size) ? stepSize / size : 0;
    this.values = this.values.map((value, at) => {
      const next = value + rate * (slopes[at] ?? 0);
      return level(next - decay * (next - grey));
    });
  }

  /** By a Gaussian of this deviation, in pixels; beyond the edges it repeats. */
  blur(deviation: number): void {
    if (deviation === 0) return;
    const [height = 0, width = 0] = this.shape;
    const weights = gaussianWeights(deviation);
    const rows = { count: height, step: width * 3 };
    const columns = { count: width, step: 3 };
    this.values = blurAlong(blurAlong(this.values, rows, weights), columns, weights);
  }

  /** Calls back with each value of the network's input, that of the picture which it is, and its channel there. */
  private eachValue(
    { down, right }: Shift,
    use: (at: number, from: number, channel: number, isInside: boolean) => void,
  ): void {
    const [height = 0, width = 0] = this.shape;
    const isReversed = this.preprocess.order === 'BGR';
    for (let y = 0; y < height; y++) {
      const row = within(y - down, height);
      for (let x = 0; x < width; x++) {
        const column = within(x - right, width);
        const isInside = row === y - down && column === x - right;
        const [to, from] = [3 * (y * width + x), 3 * (row * width + column)];
        for (let c = 0; c < 3; c++) use(to + c, from + (isReversed ? 2 - c : c), c, isInside);
      }
    }
  }
}

function within(at: number, count: number): number {
  return Math.min(count - 1, Math.max(0, at));
}

function level(value: number): number {
  return Math.min(white, Math.max(0, value));
}

/** Over the values that are not zero; 0 where all are. */
function rootMeanSquare(values: Float32Array): number {
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (value === 0) continue;
    sum += value * value;
    count++;
  }
  return count === 0 ? 0 : Math.sqrt(sum / count);
}

/** From the middle outwards; together, both sides counted, they are 1. */
function gaussianWeights(deviation: number): readonly number[] {
  const reach = Math.ceil(3 * deviation);
  const weights = Array.from({ length: reach + 1 }, (_, at) =>
    Math.exp((-at * at) / (2 * deviation * deviation)),
  );
  const sum = weights.reduce((all, weight, at) => all + (at === 0 ? weight : 2 * weight), 0);
  return weights.map((weight) => weight / sum);
}

/** Along one axis of [height, width, 3]: `count` places, `step` values apart. */
function blurAlong(
  values: Float32Array,
  { count, step }: { readonly count: number; readonly step: number },
  weights: readonly number[],
): Float32Array {
  return values.map((_, index) => {
    const place = Math.floor(index / step) % count;
    const line = index - place * step;
    const at = (to: number): number => values[line + within(to, count) * step] ?? 0;
    return weights.reduce(
      (sum, weight, far) =>
        sum + weight * (far === 0 ? at(place) : at(place - far) + at(place + far)),
      0,
    );
  });
}

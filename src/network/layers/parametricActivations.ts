/** Activations with numbers of their own, and those that not every number has a value of. */
export type ParametricActivation =
  /** x from `threshold` on and slope · (x − threshold) below it, but never more than `most`: Keras' ReLU and LeakyReLU. */
  | {
      readonly function: 'bent';
      readonly slope: number;
      readonly threshold: number;
      readonly most?: number;
    }
  /** slope · x + offset, but never below 0 or above 1: hard sigmoids other than Keras 3's. */
  | { readonly function: 'ramp'; readonly slope: number; readonly offset: number }
  /** x, but never below `least` or above `most`. */
  | { readonly function: 'clip'; readonly least?: number; readonly most?: number }
  /** x above 0, alpha · (e^x − 1) below. */
  | { readonly function: 'elu'; readonly alpha: number }
  /** The natural logarithm, of values above 0. */
  | { readonly function: 'log' }
  /** x to a power. */
  | { readonly function: 'power'; readonly exponent: number }
  /** The nearest of the steps that an integer from `least` to `most` stands for, `zeroPoint` for 0, `scale` apart. */
  | {
      readonly function: 'quantise';
      readonly scale: number;
      readonly zeroPoint: number;
      readonly least: number;
      readonly most: number;
    };

interface Rule {
  readonly title: string;
  readonly apply: (x: number) => number;
}

/** Each with its numbers in its title. */
export function parametricRule(activation: ParametricActivation): Rule {
  switch (activation.function) {
    case 'bent': {
      const { slope, threshold, most = Infinity } = activation;
      const below = (x: number): number => slope * (x - threshold);
      return {
        title: bentTitle(slope, threshold, most),
        apply: (x) => Math.min(most, x >= threshold ? x : below(x)),
      };
    }
    case 'ramp': {
      const { slope, offset } = activation;
      return {
        title: `hard sigmoid (${slope} x + ${offset})`,
        apply: (x) => clip(slope * x + offset, 0, 1),
      };
    }
    case 'clip': {
      const { least = -Infinity, most = Infinity } = activation;
      return { title: `clip (${least} to ${most})`, apply: (x) => clip(x, least, most) };
    }
    case 'log':
      return { title: 'logarithm', apply: Math.log };
    case 'power': {
      const { exponent } = activation;
      return { title: powerTitle(exponent), apply: (x) => x ** exponent };
    }
    case 'quantise': {
      const { scale, zeroPoint, least, most } = activation;
      return {
        title: `quantised (${least} to ${most}, steps of ${Number(scale.toPrecision(4))})`,
        apply: (x) => scale * (clip(roundToEven(x / scale) + zeroPoint, least, most) - zeroPoint),
      };
    }
    case 'elu': {
      const { alpha } = activation;
      return {
        title: `ELU (alpha ${alpha})`,
        apply: (x) => (x > 0 ? x : alpha * Math.expm1(x)),
      };
    }
  }
}

function powerTitle(exponent: number): string {
  if (exponent === 0.5) return 'square root';
  return exponent === -1 ? 'reciprocal' : `power of ${exponent}`;
}

/** Halves go to the even neighbour, as IEEE 754 rounds. */
function roundToEven(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}

function bentTitle(slope: number, threshold: number, most: number): string {
  const numbers = [
    ...(slope === 0 ? [] : [`slope ${slope}`]),
    ...(threshold === 0 ? [] : [`from ${threshold}`]),
    ...(most === Infinity ? [] : [`at most ${most}`]),
  ];
  const isLeaky = slope !== 0 && threshold === 0 && most === Infinity;
  return `${isLeaky ? 'leaky ReLU' : 'ReLU'} (${numbers.join(', ')})`;
}

function clip(x: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, x));
}

/** Pillow's PRECISION_BITS for 8-bit channels. */
export const precisionBits = 22;

export type SmoothFilter = 'bilinear' | 'bicubic';

interface Shape {
  /** Half the filter's width at scale 1. */
  readonly support: number;
  readonly weight: (distance: number) => number;
}

/** Bicubic's free parameter, as in Pillow and unlike OpenCV's -0.75. */
const a = -0.5;

/** Triangle and Keys' cubic, term by term as in Pillow's Resample.c, so that the last bit agrees. */
const shapes: Readonly<Record<SmoothFilter, Shape>> = {
  bilinear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: {
    support: 2,
    weight: (signed) => {
      const x = Math.abs(signed);
      if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    },
  },
};

/** For each output pixel: its first input pixel, their count, and their weights · 2 ** 22, `size` entries apart. */
export interface Kernel {
  readonly size: number;
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  readonly weights: Int32Array;
}

/** Pillow's precompute_coeffs and normalize_coeffs_8bpc for inputs `from` to `to`, both in single precision. */
export function resampleKernel(
  filter: SmoothFilter,
  inputSize: number,
  from: number,
  to: number,
  outputSize: number,
): Kernel {
  const { support: unitSupport, weight } = shapes[filter];
  const scale = Math.fround(to - from) / outputSize;
  const filterScale = Math.max(scale, 1);
  const support = unitSupport * filterScale;
  const size = Math.ceil(support) * 2 + 1;
  const inverse = 1 / filterScale;
  const starts = new Int32Array(outputSize);
  const counts = new Int32Array(outputSize);
  const weights = new Int32Array(outputSize * size);
  for (let i = 0; i < outputSize; i++) {
    const centre = from + (i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const count = Math.min(inputSize, Math.trunc(centre + support + 0.5)) - start;
    const raw = Array.from({ length: count }, (_, j) =>
      weight((j + start - centre + 0.5) * inverse),
    );
    const sum = raw.reduce((total, value) => total + value, 0);
    raw.forEach((value, j) => {
      const fixed = (sum === 0 ? value : value / sum) * 2 ** precisionBits;
      weights[i * size + j] = Math.trunc(fixed + (fixed < 0 ? -0.5 : 0.5));
    });
    starts[i] = start;
    counts[i] = count;
  }
  return { size, starts, counts, weights };
}

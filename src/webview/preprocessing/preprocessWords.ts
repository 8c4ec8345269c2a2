import type { Fit, Preprocess } from '../../network/preprocess/preprocess';
import { formatShape, type Shape } from '../../network/tensor/shape';

/** A preprocessing in one line: `224 × 224 × 3, stretch, bilinear, RGB, ÷ 255`. */
export function preprocessWords(shape: Shape, preprocess: Preprocess): string {
  const { fit, filter, order, scale, mean, std } = preprocess;
  const isGrey = shape[2] === 1;
  const words = [formatShape(shape), fitWords(fit), filter, isGrey ? 'grey' : order];
  if (scale !== 1) words.push(scaleWords(scale));
  const [means, deviations] = isGrey ? [mean.slice(0, 1), std.slice(0, 1)] : [mean, std];
  if (means.some((value) => value !== 0)) words.push(`− mean ${means.join(' ')}`);
  if (deviations.some((value) => value !== 1)) words.push(`÷ std ${deviations.join(' ')}`);
  return words.join(', ');
}

/** What a step does as its publisher has it. */
export function partWords(part: keyof Preprocess, { fit, ...values }: Preprocess): string {
  switch (part) {
    case 'fit':
      return fitWords(fit);
    case 'scale':
      return scaleWords(values.scale);
    case 'filter':
    case 'order':
      return values[part];
    case 'mean':
    case 'std':
      return values[part].join(' ');
  }
}

function fitWords(fit: Fit): string {
  switch (fit.mode) {
    case 'stretch':
      return 'stretch';
    case 'crop':
      return `short side ${fit.shortSide}, centre crop`;
    case 'warp':
      return `warp ${fit.size}, centre crop`;
  }
}

/** 255 for 1/255, 127.5 for 1/127.5; undefined where the number is no such fraction. */
export function inverseOf(scale: number): number | undefined {
  const inverse = Number((1 / scale).toPrecision(6));
  return inverse > 1 && 1 / inverse === scale ? inverse : undefined;
}

function scaleWords(scale: number): string {
  const inverse = inverseOf(scale);
  return inverse === undefined ? `× ${scale}` : `÷ ${inverse}`;
}

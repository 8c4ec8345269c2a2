import type { Fit, Preprocess } from '../../network/preprocess';
import { formatShape, type Shape } from '../../network/shape';

/** A preprocessing in one line: `224 × 224 × 3, stretch, bilinear, RGB, ÷ 255`. */
export function preprocessWords(shape: Shape, preprocess: Preprocess): string {
  const { fit, filter, order, scale, mean, std } = preprocess;
  const words = [formatShape(shape), fitWords(fit), filter, order];
  if (scale !== 1) words.push(scaleWords(scale));
  if (mean.some((value) => value !== 0)) words.push(`− mean ${mean.join(' ')}`);
  if (std.some((value) => value !== 1)) words.push(`÷ std ${std.join(' ')}`);
  return words.join(', ');
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

function scaleWords(scale: number): string {
  const inverse = 1 / scale;
  const whole = Math.round(inverse);
  return Math.abs(inverse - whole) < 1e-6 ? `÷ ${whole}` : `× ${scale}`;
}

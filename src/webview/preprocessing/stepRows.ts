import type { PreprocessPart } from '../../network/preprocess/checkPreprocess';
import { resizedSize, type Size } from '../../network/preprocess/fitSizes';
import type { Preprocess } from '../../network/preprocess/preprocess';
import { formatShape, type MapShape } from '../../network/tensor/shape';
import { formatValue } from '../draw/numberFormat';

/** The steps from a file to a tensor, in the order they happen. */
export const stepIds = ['decode', 'fit', 'scale', 'order', 'mean', 'std', 'tensor'] as const;
export type StepId = (typeof stepIds)[number];

/** The settings that a step follows. */
export const stepParts: Readonly<Record<StepId, readonly PreprocessPart[]>> = {
  decode: [],
  fit: ['fit', 'filter'],
  scale: ['scale'],
  order: ['order'],
  mean: ['mean'],
  std: ['std'],
  tensor: [],
};

const largestByte = 255;

/** The numbers of each step for a picture of this size; '' where the fields say it all. */
export function stepNotes(
  picture: Size,
  { fit, scale }: Preprocess,
  [height, width, channels]: MapShape,
): Readonly<Record<StepId, string>> {
  const input = { width, height };
  const isGrey = channels === 1;
  const resized = resizedSize(picture, fit, input);
  const isCut = resized.width !== input.width || resized.height !== input.height;
  const sizes = [picture, resized, ...(isCut ? [input] : [])];
  return {
    decode: `${sizeWords(picture)}, ${isGrey ? 'grey' : 'RGB'}`,
    fit: sizes.map(sizeWords).join(' → '),
    scale: `0 … ${formatValue(largestByte * scale)}`,
    order: isGrey ? 'one channel' : '',
    mean: '',
    std: '',
    tensor: formatShape([height, width, channels]),
  };
}

/** The step where a part is set. */
export function stepOf(part: PreprocessPart): StepId {
  return stepIds.find((step) => stepParts[step].includes(part)) ?? 'fit';
}

/** As people say it: width first. */
function sizeWords({ width, height }: Size): string {
  return `${width} × ${height}`;
}

import type { ModelDocument } from '../../../../network/modelDocument';
import type { Fit, Preprocess } from '../../../../network/preprocess/preprocess';
import type { MapShape } from '../../../../network/tensor/shape';
import { pythonNumber } from '../literals';

/** A function from Pillow's picture to what `given` makes of the values in [height, width, channels]. */
export function pythonPreprocess(
  { preprocess }: Pick<ModelDocument, 'preprocess'>,
  shape: MapShape,
  given: string,
): string {
  const isGrey = shape[2] === 1;
  const lines = [
    `"""A picture of Pillow's as the network takes it."""`,
    `picture = ImageOps.exif_transpose(picture).convert("${isGrey ? 'L' : 'RGB'}")`,
    ...fitLines(preprocess, shape),
    `x = np.asarray(picture, np.float32)${isGrey ? '[..., None]' : ''}`,
    ...(preprocess.order === 'BGR' && !isGrey ? ['x = x[..., ::-1]'] : []),
    ...valueLines(preprocess, isGrey),
    `return ${given}`,
  ];
  return `def preprocess(picture):\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

function fitLines(
  { fit, filter }: Pick<Preprocess, 'fit' | 'filter'>,
  [height, width]: MapShape,
): readonly string[] {
  const resized = (size: string): string =>
    `picture = picture.resize(${size}, Image.Resampling.${filter.toUpperCase()})`;
  const cut = `picture = picture.crop((left, top, left + ${width}, top + ${height}))`;
  const linesBy: { readonly [M in Fit['mode']]: (fit: Fit & { readonly mode: M }) => string[] } = {
    stretch: () => [resized(`(${width}, ${height})`)],
    warp: ({ size }) => [
      resized(`(${size}, ${size})`),
      `left, top = (${size} - ${width}) // 2, (${size} - ${height}) // 2`,
      cut,
    ],
    crop: ({ shortSide }) => [
      'width, height = picture.size',
      'short = min(width, height)',
      resized(`(${shortSide} * width // short, ${shortSide} * height // short)`),
      `left, top = round((picture.width - ${width}) / 2), round((picture.height - ${height}) / 2)`,
      cut,
    ],
  };
  const linesOf = linesBy[fit.mode] as (fit: Fit) => string[];
  return linesOf(fit);
}

/** (x · scale − mean) / std, as far as these change anything. */
function valueLines({ scale, mean, std }: Preprocess, isGrey: boolean): readonly string[] {
  const channels = (values: readonly number[]): string => {
    const [first = 0, ...rest] = values;
    const alike = isGrey || rest.every((value) => value === first);
    return alike
      ? pythonNumber(first)
      : `np.array([${values.map(pythonNumber).join(', ')}], np.float32)`;
  };
  const inverse = 1 / scale;
  const scaled = Number.isInteger(inverse)
    ? `x = x / ${inverse}`
    : `x = x * ${pythonNumber(scale)}`;
  return [
    ...(scale === 1 ? [] : [scaled]),
    ...(mean.some((value) => value !== 0) ? [`x = x - ${channels(mean)}`] : []),
    ...(std.some((value) => value !== 1) ? [`x = x / ${channels(std)}`] : []),
  ];
}

import type { ModelDocument } from '../../../../network/modelDocument';
import { resizedSize, cropCorner } from '../../../../network/preprocess/fitSizes';
import type { MapShape } from '../../../../network/tensor/shape';

/** A function from an image of the page, or a tensor of its pixels, to the network's input. */
export function tfjsPreprocess(
  { preprocess }: Pick<ModelDocument, 'preprocess'>,
  [height, width, channels]: MapShape,
): string {
  const { order, scale, mean, std } = preprocess;
  const isGrey = channels === 1;
  const list = (values: readonly number[]): string => {
    const [first = 0, ...rest] = values;
    const alike = isGrey || rest.every((value) => value === first);
    return alike ? String(first) : `[${values.join(', ')}]`;
  };
  const grey = [
    '// The grey of ITU-R 601-2 in 65,536ths, rounded as Pillow rounds it.',
    'x = tf.sum(tf.mul(x, [19595, 38470, 7471]), -1, true);',
    'x = tf.floor(tf.div(tf.add(x, 32768), 65536));',
  ];
  const lines = [
    'let x = image instanceof tf.Tensor ? image : tf.browser.fromPixels(image);',
    "x = tf.cast(x, 'float32');",
    ...(isGrey ? grey : []),
    ...fitLines(preprocess, [height, width]),
    ...(order === 'BGR' && !isGrey ? ['x = tf.reverse(x, -1);'] : []),
    ...(scale === 1 ? [] : [`x = tf.mul(x, ${scale});`]),
    ...(mean.some((value) => value !== 0) ? [`x = tf.sub(x, ${list(mean)});`] : []),
    ...(std.some((value) => value !== 1) ? [`x = tf.div(x, ${list(std)});`] : []),
    'return tf.expandDims(x);',
  ];
  return `/**
 * An image or a tensor of its pixels, [height, width, 3] from 0 to 255, as the network takes it. TensorFlow.js resizes
 * without smoothing: what is made much smaller here differs a little from Pillow's.
 */
export function preprocess(image) {
  return tf.tidy(() => {
${lines.map((line) => `    ${line}\n`).join('')}  });
}
`;
}

function fitLines(
  { fit, filter }: ModelDocument['preprocess'],
  [height, width]: readonly [number, number],
): readonly string[] {
  const op = filter === 'nearest' ? 'resizeNearestNeighbor' : 'resizeBilinear';
  const resized = (size: string): string => `x = tf.image.${op}(x, ${size}, false, true);`;
  if (fit.mode === 'stretch') return [resized(`[${height}, ${width}]`)];
  if (fit.mode === 'warp') {
    const input = { width, height };
    const { left, top } = cropCorner(resizedSize(input, fit, input), fit, input);
    return [resized(`[${fit.size}, ${fit.size}]`), cut(String(top), String(left), [height, width])];
  }
  return [
    'const [rows, columns] = x.shape;',
    'const short = Math.min(rows, columns);',
    `const size = [rows, columns].map((side) => Math.floor((${fit.shortSide} * side) / short));`,
    resized('size'),
    '// Halves go to the even neighbour, as torchvision rounds.',
    'const middle = (spare) => Math.floor(spare / 2) + (spare % 4 === 3 ? 1 : 0);',
    `const [top, left] = [middle(size[0] - ${height}), middle(size[1] - ${width})];`,
    cut('top', 'left', [height, width]),
  ];
}

function cut(top: string, left: string, size: readonly [number, number]): string {
  return `x = tf.slice(x, [${top}, ${left}, 0], [${size.join(', ')}, -1]);`;
}

import type { Preprocess } from '../../../network/preprocess/preprocess';
import { stretchToUnit } from '../../../network/preprocess/preprocess';
import { fieldsOf } from '../../containers/smallJson';
import type { FoundPreprocess } from './foundPreprocess';

/** Values of `Image.NominalPixelRange`, by the ONNX specification's list of metadata. */
const ranges: ReadonlyMap<unknown, Pick<Preprocess, 'scale' | 'mean'>> = new Map([
  ['NominalRange_0_255', { scale: 1, mean: [0, 0, 0] }],
  ['Normalized_0_1', { scale: 1 / 255, mean: [0, 0, 0] }],
  ['Normalized_1_1', { scale: 1 / 127.5, mean: [1, 1, 1] }],
]);

/** What ONNX' own keys say of the picture that a model takes; undefined where its file has none of them. */
export function imageMetadata(metadata: unknown): FoundPreprocess | undefined {
  const fields = fieldsOf(metadata);
  const format = fields?.['Image.BitmapPixelFormat'];
  const range = fields?.['Image.NominalPixelRange'];
  const values = ranges.get(range);
  if (!values && typeof format !== 'string') return undefined;
  const order = typeof format === 'string' && /^bgr/i.test(format) ? 'BGR' : 'RGB';
  const said = [format, range].filter((text) => typeof text === 'string').join(', ');
  // Windows ML, whose keys they are, hands on pixels where the range is not said.
  const preprocess = { ...stretchToUnit, scale: 1, ...values, order } as const;
  return { preprocess, source: `from the file: ${said.slice(0, longestWords)}` };
}

const longestWords = 60;

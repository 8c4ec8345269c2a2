import type { Layer } from '../../../network/layers/layer';
import type { Network } from '../../../network/network';
import type { Preprocess } from '../../../network/preprocess/preprocess';
import { stretchToUnit } from '../../../network/preprocess/preprocess';
import type { FindBeside } from '../../bytes/findBeside';
import { byArchitecture, type NamedModel } from './architectures';
import type { FoundPreprocess } from './foundPreprocess';
import { preprocessorConfig } from './preprocessorConfig';
import { fieldsOf } from '../../containers/smallJson';
import type { Size } from '../../../network/preprocess/fitSizes';
import { isMapShape } from '../../../network/tensor/shape';

/**
 * How pictures are prepared: by layers of the network itself, by what the file says, by a preprocessor_config.json beside
 * it, as the architecture of its name takes them, else stretched and from 0 to 1, which is a guess.
 */
export async function findPreprocess(
  network: Network,
  model: NamedModel & { readonly metadata: unknown },
  findBeside: FindBeside,
): Promise<FoundPreprocess> {
  const size = pictureSize(network);
  return (
    byLayers(network) ??
    imageMetadata(model.metadata) ??
    (size && (await preprocessorConfig(findBeside, size))) ??
    (size && byArchitecture(model, size)) ?? {
      preprocess: stretchToUnit,
      source: 'assumed: stretched, values from 0 to 1',
    }
  );
}

/** The size of the pictures that a network takes; undefined where it takes none, or nobody knows. */
function pictureSize({ inputs: [input], layers }: Network): Size | undefined {
  const shape = layers.find(({ name }) => name === input)?.outputShape;
  if (!shape || !isMapShape(shape)) return undefined;
  const [height, width] = shape;
  return { height, width };
}

/** Pixels as they are, from 0 to 255. */
const wholePixels: Preprocess = { ...stretchToUnit, scale: 1 };

function byLayers(network: Network): FoundPreprocess | undefined {
  const layer = scalingLayer(network);
  if (!layer) return undefined;
  return takesUnits(layer)
    ? { preprocess: stretchToUnit, source: `from the file: ${layer.name} takes values from 0 to 1` }
    : {
        preprocess: wholePixels,
        source: `from the file: ${layer.name} takes pixels from 0 to 255`,
      };
}

const scaling: readonly Layer['kind'][] = ['Rescaling', 'Normalization'];
/** What may stand between a picture and the layer that scales it. */
const passing: readonly Layer['kind'][] = [
  'InputLayer',
  'Dropout',
  'Identity',
  'ZeroPadding2D',
  'Cropping2D',
  'Resize',
];

/** The layer that scales the network's picture before anything else is done with it. */
function scalingLayer({ inputs: [input], layers }: Network): Layer | undefined {
  const reached = new Set([input]);
  for (const layer of layers) {
    const { name, kind, inputs } = layer;
    if (name !== input && !inputs.some((each) => reached.has(each))) continue;
    if (scaling.includes(kind)) return layer;
    if (passing.includes(kind)) reached.add(name);
  }
  return undefined;
}

/** Whether a layer centres values of about 1, as ImageNet's mean and deviation do, and none of 255. */
function takesUnits(layer: Layer): boolean {
  if (layer.kind !== 'Rescaling') return false;
  const numbers = (of: typeof layer.scale): readonly number[] =>
    typeof of === 'number' ? [of] : of;
  const scale = Math.max(...numbers(layer.scale).map(Math.abs));
  const offset = Math.max(...numbers(layer.offset).map(Math.abs));
  return scale >= leastUnitScale && offset / scale <= mostUnitMean;
}

/** What values from 0 to 1 are multiplied by is more, what pixels are multiplied by less. */
const leastUnitScale = 0.5;
/** A mean of values from 0 to 1; of pixels it is some hundred. */
const mostUnitMean = 2;

/** Values of `Image.NominalPixelRange`, by the ONNX specification's list of metadata. */
const ranges: ReadonlyMap<unknown, Pick<Preprocess, 'scale' | 'mean'>> = new Map([
  ['NominalRange_0_255', { scale: 1, mean: [0, 0, 0] }],
  ['Normalized_0_1', { scale: 1 / 255, mean: [0, 0, 0] }],
  ['Normalized_1_1', { scale: 1 / 127.5, mean: [1, 1, 1] }],
]);

/** What ONNX' own keys say of the picture that a model takes; undefined where its file has none of them. */
function imageMetadata(metadata: unknown): FoundPreprocess | undefined {
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

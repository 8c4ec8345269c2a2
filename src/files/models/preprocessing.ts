import type { Layer } from '../../network/layers/layer';
import type { Network } from '../../network/network';
import type { Preprocess, ResizeFilter } from '../../network/preprocess/preprocess';
import { stretchToUnit } from '../../network/preprocess/preprocess';
import { WeightsError } from '../bytes/weightsError';
import { fieldsOf, readSmallJson } from '../containers/smallJson';
import type { FindBeside } from '../bytes/findBeside';

/** How a model's pictures are prepared, and where that was taken from. */
export interface FoundPreprocess {
  readonly preprocess: Preprocess;
  readonly source: string;
}

/** Pixels as they are, from 0 to 255. */
const wholePixels: Preprocess = { ...stretchToUnit, scale: 1 };
/** From -1 to 1, as Keras' applications of mode "tf" take them. */
const aroundZero: Preprocess = { ...stretchToUnit, scale: 1 / 127.5, mean: [1, 1, 1] };
/** Keras' mode "caffe": BGR, less ImageNet's mean pixel. */
const caffe: Preprocess = { ...wholePixels, order: 'BGR', mean: [103.939, 116.779, 123.68] };
/** Keras' mode "torch". */
const torch: Preprocess = {
  ...stretchToUnit,
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

/** What keras.applications names its models, and what each takes. */
const architectures: readonly (readonly [name: RegExp, preprocess: Preprocess])[] = [
  [/^(vgg1[69]|resnet(50|101|152))$/i, caffe],
  [/^densenet\d+$/i, torch],
  [
    /^(resnet\d+v2|inception_v3|inception_resnet_v2|xception|nasnet\w*|mobilenet(v2)?_\d.*)$/i,
    aroundZero,
  ],
];

const configBytes = 2 ** 16;

/**
 * How pictures are prepared: by layers of the network itself, by a preprocessor_config.json beside the file, as Keras'
 * architecture of one of these names takes them, else from 0 to 1, which is a guess.
 */
export async function findPreprocess(
  network: Network,
  names: readonly string[],
  findBeside: FindBeside,
): Promise<FoundPreprocess> {
  const own = scalingLayer(network);
  if (own && takesUnits(own)) {
    return { preprocess: stretchToUnit, source: `values from 0 to 1: ${own.name} centres them` };
  }
  if (own) {
    return { preprocess: wholePixels, source: `pixels from 0 to 255: ${own.name} scales them` };
  }
  const beside = await besideFile(findBeside);
  if (beside) return beside;
  for (const [pattern, preprocess] of architectures) {
    const name = names.find((each) => pattern.test(each));
    if (name !== undefined) return { preprocess, source: `what Keras’ ${name} takes` };
  }
  return { preprocess: stretchToUnit, source: 'assumed: the file does not say it' };
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

const filters: ReadonlyMap<unknown, ResizeFilter> = new Map<unknown, ResizeFilter>([
  [0, 'nearest'],
  [2, 'bilinear'],
  [3, 'bicubic'],
]);

/** Hugging Face's description of an image processor. */
async function besideFile(findBeside: FindBeside): Promise<FoundPreprocess | undefined> {
  const name = 'preprocessor_config.json';
  const source = await findBeside(name);
  if (!source) return undefined;
  try {
    const fields = fieldsOf(await readSmallJson(source, configBytes)) ?? {};
    const size = fieldsOf(fields['size']);
    const shortSide = size?.['shortest_edge'] ?? fields['size'];
    const factor = fields['rescale_factor'];
    const scale = typeof factor === 'number' ? factor : 1 / 255;
    const preprocess: Preprocess = {
      fit: isSize(shortSide) ? { mode: 'crop', shortSide } : { mode: 'stretch' },
      filter: filters.get(fields['resample']) ?? 'bilinear',
      order: 'RGB',
      scale: fields['do_rescale'] === false ? 1 : scale,
      mean: perChannel(fields['image_mean']) ?? [0, 0, 0],
      std: perChannel(fields['image_std']) ?? [1, 1, 1],
    };
    return { preprocess, source: name };
  } catch (error) {
    if (error instanceof WeightsError) return undefined;
    throw error;
  } finally {
    await source.close();
  }
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function perChannel(value: unknown): Preprocess['mean'] | undefined {
  const isThree =
    Array.isArray(value) && value.length === 3 && value.every((each) => Number.isFinite(each));
  return isThree ? (value as unknown as Preprocess['mean']) : undefined;
}

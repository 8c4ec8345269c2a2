import { checkPreprocess, PreprocessError } from '../../../network/preprocess/checkPreprocess';
import type { Size } from '../../../network/preprocess/fitSizes';
import type { Fit, PerChannel, ResizeFilter } from '../../../network/preprocess/preprocess';
import type { FindBeside } from '../../bytes/findBeside';
import { WeightsError } from '../../bytes/weightsError';
import { fieldsOf, readSmallJson } from '../../containers/smallJson';
import type { FoundPreprocess } from './foundPreprocess';

const configName = 'preprocessor_config.json';
const configBytes = 2 ** 16;

type Fields = Readonly<Record<string, unknown>>;

/** What Hugging Face's description of an image processor beside a model says; undefined where there is none that makes sense. */
export async function preprocessorConfig(
  findBeside: FindBeside,
  input: Size,
): Promise<FoundPreprocess | undefined> {
  const source = await findBeside(configName);
  if (!source) return undefined;
  try {
    const fields = fieldsOf(await readSmallJson(source, configBytes)) ?? {};
    const preprocess = checkPreprocess(readFields(fields, input), input);
    return { preprocess, source: `${configName} beside it` };
  } catch (error) {
    if (error instanceof WeightsError || error instanceof PreprocessError) return undefined;
    throw error;
  } finally {
    await source.close();
  }
}

const filters: ReadonlyMap<unknown, ResizeFilter> = new Map<unknown, ResizeFilter>([
  [0, 'nearest'],
  [2, 'bilinear'],
  [3, 'bicubic'],
]);

function readFields(fields: Fields, input: Size) {
  const isNormalised = fields['do_normalize'] !== false;
  const factor = fields['rescale_factor'];
  const scale = typeof factor === 'number' ? factor : 1 / 255;
  const mean = (isNormalised && perChannel(fields['image_mean'])) || ([0, 0, 0] as const);
  // EfficientNet's processor takes 1 off before it normalises.
  const offset = fields['rescale_offset'] === true ? 1 : 0;
  return {
    fit: fitOf(fields, input),
    filter: filters.get(fields['resample']) ?? 'bilinear',
    order: fields['do_flip_channel_order'] === true ? 'BGR' : 'RGB',
    scale: fields['do_rescale'] === false ? 1 : scale,
    mean: mean.map((each) => each + offset),
    std: (isNormalised && perChannel(fields['image_std'])) || [1, 1, 1],
  };
}

/** From this size on ConvNeXt's processor stretches the picture, whatever part of it is to be cut out. */
const uncutSide = 384;

function fitOf(fields: Fields, input: Size): Fit {
  const size = fieldsOf(fields['size'])?.['shortest_edge'] ?? fields['size'];
  if (typeof size !== 'number') return { mode: 'stretch' };
  const part = fields['crop_pct'];
  const isPart = typeof part === 'number' && part > 0 && part <= 1;
  const shortSide = isPart && size < uncutSide ? Math.floor(size / part) : size;
  const covers = shortSide >= Math.max(input.width, input.height);
  return covers && !(isPart && size >= uncutSide)
    ? { mode: 'crop', shortSide }
    : { mode: 'stretch' };
}

/** Three numbers, or the one of a grey picture for each. */
function perChannel(value: unknown): PerChannel | undefined {
  if (!Array.isArray(value)) return undefined;
  const [first, second = first, third = first] = value.map(Number);
  return first === undefined || second === undefined || third === undefined
    ? undefined
    : [first, second, third];
}

import type { ConvolutionOperands } from '../../../network/layers/operands';
import { isPadding, windowLength } from '../../../network/tensor/windowPlace';
import { formatCount, formatPrecise } from '../../draw/numberFormat';
import type { Stage, Step } from './stage';
import { activationStages, biasStages } from './activationStages';

/** Which input channels are multiplied before the person's eyes: by number within the patch, or all at once. */
export type ShownChannels = readonly number[] | 'all';

/** The products at one input channel, place by place. */
export function productsOf(operands: ConvolutionOperands, channel: number): Float64Array {
  const { inputs, kernel, channels, window } = operands;
  return Float64Array.from({ length: windowLength(window) }, (_, place) => {
    const at = place * channels + channel;
    return (inputs[at] ?? NaN) * (kernel[at] ?? NaN);
  });
}

/** The values at one channel of a patch or kernel, place by place. */
export function channelOf(
  values: Float32Array,
  { channels, window }: ConvolutionOperands,
  channel: number,
): Float32Array {
  return Float32Array.from(
    { length: windowLength(window) },
    (_, place) => values[place * channels + channel] ?? NaN,
  );
}

/** What each input channel adds. */
export function channelSums(operands: ConvolutionOperands): Float64Array {
  return Float64Array.from({ length: operands.channels }, (_, channel) =>
    productsOf(operands, channel).reduce((sum, product) => sum + product, 0),
  );
}

/** What each place of the window adds, over all input channels. */
export function placeSums({ inputs, kernel, channels, window }: ConvolutionOperands): Float64Array {
  const sums = new Float64Array(windowLength(window));
  for (const [at, input] of inputs.entries()) {
    const place = Math.floor(at / channels);
    sums[place] = (sums[place] ?? 0) + input * (kernel[at] ?? NaN);
  }
  return sums;
}

/** Patch times kernel, the sum over the channels, bias, ReLU. */
export function convolutionStages(
  operands: ConvolutionOperands,
  shown: ShownChannels,
  nameOf: (channel: number) => string,
): readonly Stage[] {
  const sums =
    shown === 'all'
      ? [placesStage(operands)]
      : [
          ...shown.map((channel) => productStage(operands, channel, nameOf)),
          ...(operands.channels > 1 ? [channelsStage(operands, nameOf)] : []),
        ];
  const sum = sums.at(-1)?.steps.at(-1)?.total ?? 0;
  const { bias, activation } = operands;
  return [...sums, ...biasStages(sum, bias), ...activationStages(sum + (bias ?? 0), activation)];
}

function productStage(
  operands: ConvolutionOperands,
  channel: number,
  nameOf: (channel: number) => string,
): Stage {
  const inputs = channelOf(operands.inputs, operands, channel);
  const kernel = channelOf(operands.kernel, operands, channel);
  let total = 0;
  const steps = [...productsOf(operands, channel)].map((product, place): Step => {
    total += product;
    const factors = `${formatPrecise(inputs[place] ?? NaN)} × ${formatPrecise(kernel[place] ?? NaN)}`;
    const padding = isPadding(operands.window, place) ? 'padding, ' : '';
    const where = placeWords(operands, place);
    return { total, words: `${where}: ${padding}${factors} = ${formatPrecise(product)}` };
  });
  return { id: 'products', title: `Products, ${nameOf(channel)}`, steps, channel };
}

function channelsStage(operands: ConvolutionOperands, nameOf: (channel: number) => string): Stage {
  let total = 0;
  const steps = [...channelSums(operands)].map((sum, channel): Step => {
    total += sum;
    return { total, words: `${nameOf(channel)} adds ${formatPrecise(sum)}` };
  });
  return { id: 'channels', title: `Sum over ${formatCount(operands.channels)} channels`, steps };
}

function placesStage(operands: ConvolutionOperands): Stage {
  let total = 0;
  const steps = [...placeSums(operands)].map((sum, place): Step => {
    total += sum;
    const where = placeWords(operands, place);
    return { total, words: `${where}: all channels add ${formatPrecise(sum)}` };
  });
  const title = `Products, all ${formatCount(operands.channels)} channels`;
  return { id: 'products', title, steps };
}

function placeWords({ window: { columns } }: ConvolutionOperands, place: number): string {
  return `row ${Math.floor(place / columns)}, column ${place % columns}`;
}

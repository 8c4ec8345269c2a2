import { inputShapeOf, type LayerOf } from '../../network/layers/layer';
import type { Filters, WeightSummary } from '../../protocol/weightSummary';
import { element } from '../draw/element';
import { formatExact, formatValue } from '../draw/numberFormat';
import { colourNames, pixelImage } from '../draw/pixels';
import type { WeightsLook } from '../state/viewState';
import { filterValues, reachOf, rgbTile } from './kernelPixels';
import { mosaicView } from './mosaicView';

interface FilterSource {
  readonly layer: LayerOf<'Conv2D'>;
  readonly summary: WeightSummary;
  readonly filters: Filters;
  /** Index of the filter within `filters`. */
  readonly index: number;
  readonly filter: number;
  readonly scale: WeightsLook['kernels'];
  /** The order of the picture's colours; undefined where the inputs are no colours. */
  readonly order: 'RGB' | 'BGR' | undefined;
}

/** One filter in full: its colours where it sees a picture, its input channels, its norm and bias. */
export function drawFilter(source: FilterSource): readonly HTMLElement[] {
  const { layer, summary, filters, index, filter, scale, order } = source;
  const values = filterValues(filters, index);
  const shape = filters.shape.slice(1);
  const reach = scale === 'joint' ? layerReach(summary) : reachOf(values);
  const mosaic = mosaicView({
    label: `Filter ${filter} of ${layer.name}, weight`,
    shape,
    values,
    reach,
    channelWords: (channel) => channelWords(source, channel),
  });
  const [frame, ...below] = mosaic;
  const [height = 0, width = 0] = shape;
  const tile =
    order &&
    element('img', {
      class: 'large-tile',
      src: pixelImage(rgbTile(values, reach, order), width, height),
      alt: `Filter ${filter} of ${layer.name} in colour`,
    });
  const drawings = element('div', { class: tile ? 'filter-drawings coloured' : 'filter-drawings' });
  drawings.append(...(tile ? [tile] : []), ...(frame ? [frame] : []));
  return [
    drawings,
    ...(order ? [nameRow(order)] : []),
    ...below,
    element('p', { class: 'quiet' }, numbersOf(summary, filter)),
    element('p', { class: 'quiet' }, scaleWords(scale, reach, order !== undefined)),
  ];
}

/** What the pictures of a colour filter are: all together, then the input's channels in their order. */
function nameRow(order: 'RGB' | 'BGR'): HTMLElement {
  const names = ['colours', ...Array.from(order, (letter) => colourNames[letter] ?? letter)];
  const cells = names.map((name) => element('span', {}, name));
  return element('div', { class: 'colour-names quiet' }, ...cells);
}

function channelWords({ layer, filter, order }: FilterSource, channel: number): string {
  if (order) return `${colourNames[order[channel] ?? ''] ?? ''}, input channel ${channel}`;
  const inputs = (inputShapeOf(layer)[2] ?? 0) / layer.groups;
  const group = Math.floor(filter / (layer.filters / layer.groups));
  return `input channel ${group * inputs + channel}`;
}

/** The largest weight of the whole layer: what all filters are compared by. */
function layerReach({ tensors }: WeightSummary): number {
  const { min = 0, max = 0 } = tensors.find(({ name }) => name === 'kernel')?.statistics ?? {};
  return Math.max(-min, max);
}

function numbersOf({ tensors }: WeightSummary, filter: number): string {
  const norm = tensors.find(({ name }) => name === 'kernel')?.norms?.[filter] ?? NaN;
  const bias = tensors.find(({ name }) => name === 'bias')?.values?.[filter] ?? NaN;
  return `Filter ${filter}: L2 norm ${formatExact(norm)}, bias ${formatExact(bias)}.`;
}

function scaleWords(scale: WeightsLook['kernels'], reach: number, coloured: boolean): string {
  const ends = `${formatValue(-reach)} to ${formatValue(reach)}`;
  const zero = coloured ? 'Mid grey is 0 in the colour tiles. ' : '';
  return scale === 'joint'
    ? `${zero}All filters of the layer share the scale ${ends}.`
    : `${zero}Each filter has a scale of its own, to its largest weight: this one ${ends}.`;
}

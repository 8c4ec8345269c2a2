import { inputSize } from '../../network/inputShape';
import type { Network } from '../../network/network';
import { receptiveFields, type ReceptiveField } from '../../network/receptiveField';
import type { Shape } from '../../network/tensor/shape';
import {
  explanationDefaults,
  explanationPlaces,
  type Explanation,
  type ExplanationMap,
  type ExplanationRecipe,
} from '../../protocol/explanation';
import { smallSquare } from '../../protocol/sanityCheck';
import type { ChannelMaps } from '../draw/channelStats';
import type { MapPlacement } from '../draw/mapPlacement';
import type { PixelGrain } from '../state/explainLook';
import { lastConvolution, type Question } from './question';

/** A map of one value a cell, and where its cells lie on the network's input. */
export interface DrawnMap {
  readonly maps: ChannelMaps;
  readonly placement: MapPlacement;
  /** The layer whose cells they are, where they are of one. */
  readonly layer: string | undefined;
}

/** A network whose last convolution says nothing: the usual distance of AlexNet's cells. */
const usualSide = 16;

const known = new WeakMap<Explanation, Map<PixelGrain, DrawnMap>>();

/** An explanation as it is drawn; worked out once for each grain. */
export function drawnMap(explanation: Explanation, network: Network, grain: PixelGrain): DrawnMap {
  const made = known.get(explanation) ?? new Map<PixelGrain, DrawnMap>();
  known.set(explanation, made);
  const map = made.get(grain) ?? placed(explanation.map, explanation.recipe, network, grain);
  made.set(grain, map);
  return map;
}

/** A map that is still being worked out. */
export function mapSoFar(
  map: ExplanationMap,
  { method, layer: chosen, network, unit, settings: changed }: Question,
  grain: PixelGrain,
): DrawnMap {
  const isOfLayer = explanationPlaces[method] === 'cells';
  const layer = isOfLayer ? (chosen ?? lastConvolution(network, unit)) : undefined;
  const settings = { ...explanationDefaults[method], ...changed[method] };
  return placed(map, { method, settings, ...(layer !== undefined && { layer }) }, network, grain);
}

const small = new WeakMap<ExplanationMap, DrawnMap>();

/** A map as small as a test with random layers has it; worked out once. */
export function drawnSmall(
  map: ExplanationMap,
  recipe: Pick<ExplanationRecipe, 'method' | 'layer' | 'settings'>,
  network: Network,
): DrawnMap {
  const drawn = small.get(map) ?? placedSmall(map, recipe, network);
  small.set(map, drawn);
  return drawn;
}

function placedSmall(
  map: ExplanationMap,
  recipe: Pick<ExplanationRecipe, 'method' | 'layer' | 'settings'>,
  network: Network,
): DrawnMap {
  if (explanationPlaces[recipe.method] !== 'pixels') return placed(map, recipe, network, 'squares');
  const input = inputSize(network);
  const side = smallSquare(input.height, input.width);
  return gridOf(map.shape, map.data, { field: square(side, side), input, layer: undefined });
}

/**
 * A map where its cells look: a layer's cells around the centres of what they see, windows where they lie, pixels (their
 * channels summed) where they are, or summed over squares as large as a cell of the last convolution.
 */
function placed(
  { shape, data }: ExplanationMap,
  recipe: Pick<ExplanationRecipe, 'method' | 'layer' | 'settings'>,
  network: Network,
  grain: PixelGrain,
): DrawnMap {
  const input = inputSize(network);
  const { layer } = recipe;
  const { settings } = recipe;
  if ('window' in settings) {
    const { window, stride } = settings;
    return gridOf(shape, data, { field: square(window, stride), input, layer });
  }
  if (layer !== undefined) {
    const field = receptiveFields(network).get(layer) ?? square(1, 1);
    return gridOf(shape, data, { field, input, layer });
  }
  const side = grain === 'pixels' ? 1 : squareSide(network);
  const sums = squareSums(shape, data, side);
  return gridOf(sums.shape, sums.data, { field: square(side, side), input, layer });
}

/** The side of the squares over which maps of pixels are summed, in pixels. */
export function squareSide(network: Network): number {
  const layer = lastConvolution(network);
  const field = layer === undefined ? undefined : receptiveFields(network).get(layer);
  return field?.columns.stride ?? usualSide;
}

function gridOf(
  [rows = 1, columns = 1]: Shape,
  data: Float32Array,
  { field, input, layer }: Omit<MapPlacement, 'cells'> & Pick<DrawnMap, 'layer'>,
): DrawnMap {
  const placement = { field, cells: { rows, columns }, input };
  return { maps: { rows, columns, channels: 1, data }, placement, layer };
}

function square(size: number, stride: number): ReceptiveField {
  const axis = { size, stride, start: 0 };
  return { rows: axis, columns: axis };
}

/** [h, w, c] summed over the channels and over squares; those at the far edges may be cut. */
function squareSums(
  [height = 1, width = 1, channels = 1]: Shape,
  data: Float32Array,
  side: number,
): ExplanationMap {
  const [rows, columns] = [Math.ceil(height / side), Math.ceil(width / side)];
  const sums = new Float64Array(rows * columns);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const row = Math.floor(Math.floor(pixel / width) / side);
    const cell = row * columns + Math.floor((pixel % width) / side);
    for (let channel = 0; channel < channels; channel++) {
      sums[cell] = (sums[cell] ?? 0) + (data[pixel * channels + channel] ?? NaN);
    }
  }
  return { shape: [rows, columns], data: Float32Array.from(sums) };
}

import * as tf from '@tensorflow/tfjs-core';
import type { LivePicture } from '../../protocol/training';
import type { Batches } from './batches';
import type { TrainableModel } from './trainableModel';

/** More tiles nobody tells apart, and they take longer than a step. */
const mostTiles = 256;

/** Values [height, width, channels], to be drawn as a tile: grey of one channel, red, green and blue of three. */
interface Tile {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly at: (y: number, x: number, channel: number) => number;
}

/** The filters of the first convolution, in the colours that they see; null where there is none. */
export function learnedFilters(model: TrainableModel, order: 'RGB' | 'BGR'): LivePicture | null {
  const layer = model.network.layers.find(({ kind }) => kind === 'Conv2D');
  const shape = layer?.weights[0]?.shape;
  if (!layer || !shape) return null;
  const [height = 0, width = 0, inputs = 0, filters = 0] = shape;
  const values = model.valuesOf(layer, 'kernel');
  const channels = inputs === 3 ? 3 : 1;
  return tiled(filters, (filter) => ({
    height,
    width,
    channels,
    at: (y, x, channel) => {
      const input = order === 'BGR' ? channels - 1 - channel : channel;
      return values[((y * width + x) * inputs + input) * filters + filter] ?? 0;
    },
  }));
}

/** A layer's maps of the first picture of some batches, or its units as tiles of one value. */
export function learnedMaps(model: TrainableModel, layer: string, batches: Batches): LivePicture {
  const { pictures } = batches.plain(0);
  const first = tf.tidy(() => tf.slice(pictures, [0], [1]));
  const output = model.outputOf(layer, first);
  const [, ...shape] = output.shape;
  const values = output.dataSync();
  tf.dispose([pictures, first, output]);
  if (shape.length === 1) {
    const [low, high] = rangeOf(values);
    return tiled(
      values.length,
      (unit) => ({
        height: 1,
        width: 1,
        channels: 1,
        // On the scale of all units: a tile of one value has no range of its own.
        at: () => (high > low ? ((values[unit] ?? 0) - low) / (high - low) : 0),
      }),
      false,
    );
  }
  const [height = 0, width = 0, channels = 0] = shape;
  return tiled(channels, (channel) => ({
    height,
    width,
    channels: 1,
    at: (y, x) => values[(y * width + x) * channels + channel] ?? 0,
  }));
}

function tiled(count: number, tileOf: (index: number) => Tile, ownRange = true): LivePicture {
  const tiles = Math.min(count, mostTiles);
  const columns = Math.ceil(Math.sqrt(tiles));
  const { height, width } = tileOf(0);
  const picture = {
    width: columns * width,
    height: Math.ceil(tiles / columns) * height,
    rgb: new Uint8Array(3 * columns * width * Math.ceil(tiles / columns) * height),
  };
  for (let index = 0; index < tiles; index++) {
    const corner = {
      top: Math.floor(index / columns) * height,
      left: (index % columns) * width,
    };
    draw(tileOf(index), corner, picture, ownRange);
  }
  return { picture, tiles, columns };
}

function draw(
  { height, width, channels, at }: Tile,
  corner: { readonly top: number; readonly left: number },
  picture: { readonly width: number; readonly rgb: Uint8Array },
  ownRange: boolean,
): void {
  const values = new Float32Array(height * width * 3);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) values[to++] = at(y, x, channels === 3 ? c : 0);
    }
  }
  const [low, high] = ownRange ? rangeOf(values) : [0, 1];
  const scale = high > low ? 255 / (high - low) : 0;
  for (let y = 0; y < height; y++) {
    const row = values.subarray(3 * y * width, 3 * (y + 1) * width);
    const to = 3 * ((corner.top + y) * picture.width + corner.left);
    picture.rgb.set(
      Uint8Array.from(row, (value) => Math.round((value - low) * scale)),
      to,
    );
  }
}

function rangeOf(values: ArrayLike<number>): readonly [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (let at = 0; at < values.length; at++) {
    low = Math.min(low, values[at] ?? 0);
    high = Math.max(high, values[at] ?? 0);
  }
  return [low, high];
}

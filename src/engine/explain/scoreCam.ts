import { inputName } from '../../network/network';
import { mapShape } from '../../network/tensor/cell';
import { camOf, channelsAlive, layerMap } from './camMethod';
import { weighedSum } from './cams';
import type { Found, MethodContext } from './method';
import { valueOf } from './target';
import { runVariants } from './variants';

/**
 * Channels by the target's value on the picture seen through each, as a softmax over them (Wang et al. 2020); of the
 * values themselves, as pytorch-grad-cam has it.
 */
export async function scoreCam(context: MethodContext<'scoreCam'>): Promise<Found> {
  const { run, layer, target } = context;
  const { shape, values } = layerMap(run, layer);
  const [rows, columns, channels] = shape;
  const [height, width, depth] = mapShape(run.input.shape);
  const alive = channelsAlive(values, channels);
  const seeThrough = (picture: Float32Array, index: number): void => {
    const channel = alive[index];
    // Those without a value hide all: the last variant stands for them.
    if (channel === undefined) picture.fill(0);
    else {
      const plane = Float64Array.from(
        { length: rows * columns },
        (_, cell) => values[cell * channels + channel] ?? 0,
      );
      const mask = scaled(enlarged(plane, [rows, columns], [height, width]));
      for (let at = 0; at < picture.length; at++)
        picture[at] = (picture[at] ?? 0) * (mask[Math.floor(at / depth)] ?? 0);
    }
  };
  const count = alive.length < channels ? alive.length + 1 : channels;
  const seen = new Float64Array(count);
  await runVariants(
    context,
    { from: inputName(run.network), count, change: seeThrough, what: 'through channel' },
    (index, output) => (seen[index] = valueOf(target, output)),
  );
  const scores = new Float64Array(channels).fill(seen[alive.length] ?? 0);
  alive.forEach((channel, index) => (scores[channel] = seen[index] ?? 0));
  return { map: camOf(shape, weighedSum({ values, channels }, softmaxOf(scores))) };
}

/** Bilinear with aligned corners: the map's outer cells lie on the picture's edges. */
function enlarged(
  plane: Float64Array,
  [rows, columns]: readonly [number, number],
  [height, width]: readonly [number, number],
): Float64Array {
  const result = new Float64Array(height * width);
  const down = placesBetween(rows, height);
  const across = placesBetween(columns, width);
  for (const [y, [row, below]] of down.entries()) {
    const next = Math.min(row + 1, rows - 1);
    for (const [x, [column, beside]] of across.entries()) {
      const after = Math.min(column + 1, columns - 1);
      const at = (r: number, c: number): number => plane[r * columns + c] ?? 0;
      const upper = at(row, column) * (1 - beside) + at(row, after) * beside;
      const lower = at(next, column) * (1 - beside) + at(next, after) * beside;
      result[y * width + x] = upper * (1 - below) + lower * below;
    }
  }
  return result;
}

/** For each of `count` places the cell before it, and how far it is on the way to the next. */
function placesBetween(cells: number, count: number): (readonly [cell: number, part: number])[] {
  const step = count > 1 ? (cells - 1) / (count - 1) : 0;
  return Array.from({ length: count }, (_, at) => {
    const cell = Math.min(Math.floor(at * step), cells - 1);
    return [cell, at * step - cell];
  });
}

/** What keeps a plane of one value from 0 / 0, as pytorch-grad-cam has it. */
const epsilon = 1e-8;

/** From 0 at the least value to 1 at the largest. */
function scaled(plane: Float64Array): Float64Array {
  let [least, most] = [Infinity, -Infinity];
  for (const value of plane) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return plane.map((value) => (value - least) / (most - least + epsilon));
}

function softmaxOf(scores: Float64Array): Float64Array {
  const most = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

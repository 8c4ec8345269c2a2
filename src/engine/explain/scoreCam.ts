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
  const { run, layer } = context;
  const { shape, values } = layerMap(run, layer);
  const [, , channels] = shape;
  const alive = channelsAlive(values, channels);
  const isSome = alive.length < channels;
  const seen = await scoresThrough(context, isSome ? [...alive, undefined] : alive);
  const scores = new Float64Array(channels).fill(seen[alive.length] ?? 0);
  alive.forEach((channel, index) => (scores[channel] = seen[index] ?? 0));
  return { map: camOf(shape, weighedSum({ values, channels }, softmaxOf(scores))) };
}

/** The target's value on the picture seen through each of these channels; undefined stands for one without a value, which hides all. */
export async function scoresThrough(
  context: Pick<MethodContext<'scoreCam'>, 'model' | 'run' | 'layer' | 'target' | 'work'>,
  channels: readonly (number | undefined)[],
): Promise<Float64Array> {
  const { run, layer, target } = context;
  const { shape, values } = layerMap(run, layer);
  const [rows, columns, depth] = shape;
  const [height, width, colours] = mapShape(run.input.shape);
  const seeThrough = (picture: Float32Array, index: number): void => {
    const channel = channels[index];
    if (channel === undefined) {
      picture.fill(0);
      return;
    }
    const plane = Float64Array.from(
      { length: rows * columns },
      (_, cell) => values[cell * depth + channel] ?? 0,
    );
    const mask = scaled(enlarged(plane, [rows, columns], [height, width]));
    for (let at = 0; at < picture.length; at++)
      picture[at] = (picture[at] ?? 0) * (mask[Math.floor(at / colours)] ?? 0);
  };
  const scores = new Float64Array(channels.length);
  const from = inputName(run.network);
  await runVariants(
    context,
    { from, count: channels.length, change: seeThrough, what: 'through channel' },
    (index, output) => (scores[index] = valueOf(target, output)),
  );
  return scores;
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

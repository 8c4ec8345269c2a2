import { Draws } from '../train/draws';
import type { Found, MethodContext } from './method';
import { mapOf } from './pixelMaps';
import { sumOfGradients } from './variants';

/** The mean gradient over noisy copies of the picture, signed (Smilkov et al. 2017). */
export async function smoothGrad(context: MethodContext<'smoothGrad'>): Promise<Found> {
  const { run, settings } = context;
  const deviation = settings.spread * rangeOf(run.input.data);
  return await meanGradient(context, settings.samples, (values, sample) => {
    const draws = new Draws('smoothGrad', settings.seed, sample);
    for (let at = 0; at < values.length; at++)
      values[at] = (values[at] ?? 0) + deviation * draws.gaussian();
  });
}

/** The mean gradient over as many pictures, each made from the run's. */
export async function meanGradient(
  context: Pick<MethodContext<'smoothGrad'>, 'model' | 'run' | 'target' | 'work'>,
  count: number,
  change: (values: Float32Array, index: number) => void,
): Promise<Found> {
  const variants = { count, change, what: 'sample' };
  const mean = await sumOfGradients(context, variants, () => 1 / count);
  return { map: mapOf(context.run, Float32Array.from(mean)) };
}

function rangeOf(values: Float32Array): number {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return most - least;
}

import { camOf, channelsAlive, layerMap } from './camMethod';
import { weighedSum } from './cams';
import type { Found, MethodContext } from './method';
import { valueOf } from './target';
import { runVariants } from './variants';

/** Channels by how far the target falls without each, as a share of it (Desai and Ramaswamy 2020, equation 3). */
export async function ablationCam(context: MethodContext<'ablationCam'>): Promise<Found> {
  const { run, layer, target, value } = context;
  const { shape, values } = layerMap(run, layer);
  const [, , channels] = shape;
  const alive = channelsAlive(values, channels);
  const weights = new Float64Array(channels);
  const without = (copy: Float32Array, index: number): void => {
    for (let at = alive[index] ?? 0; at < copy.length; at += channels) copy[at] = 0;
  };
  await runVariants(
    context,
    { from: layer, count: alive.length, change: without, what: 'without channel' },
    (index, output) => {
      const fall = value - valueOf(target, output);
      // A target of 0 has no share.
      weights[alive[index] ?? 0] = value === 0 ? fall : fall / value;
    },
  );
  return { map: camOf(shape, weighedSum({ values, channels }, weights)) };
}

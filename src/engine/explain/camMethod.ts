import { layerNamed } from '../../network/network';
import { isMapShape, type MapShape } from '../../network/tensor/shape';
import { EngineError } from '../runtime/engineError';
import { valuesOf, type StoredRun } from '../run/runStore';
import { camFormulas } from './cams';
import { gradientAt } from './gradientAt';
import type { Found, MethodContext } from './method';
import { Trace } from './trace';

/** A map of a layer's cells by one of the formulas; nothing before the layer is computed. */
export function camMethod(formula: keyof typeof camFormulas) {
  return async (context: MethodContext<keyof typeof camFormulas>): Promise<Found> => {
    const { model, run, target, layer, work } = context;
    const { shape, values } = layerMap(run, layer);
    const trace = Trace.ofRun(run);
    try {
      const slopes = await gradientAt({ model, trace, target, to: layer, work });
      const gradient = slopes.dataSync<'float32'>();
      slopes.dispose();
      return { map: camOf(shape, camFormulas[formula]({ values, gradient, channels: shape[2] })) };
    } finally {
      trace.dispose();
    }
  };
}

/** A layer's values in a run; throws where they are no map. */
export function layerMap(
  run: StoredRun,
  name: string,
): { readonly shape: MapShape; readonly values: Float32Array } {
  const shape = layerNamed(run.network, name).outputShape;
  if (!isMapShape(shape))
    throw new EngineError(`${name} has no map, only units; choose a layer before it`);
  const values = valuesOf(run, name)?.data;
  if (values) return { shape, values };
  throw new EngineError(`${name} did not run: one of the network's inputs is missing`);
}

/** One value for each cell of a layer. */
export function camOf([height, width]: MapShape, data: Float32Array): Found['map'] {
  return { shape: [height, width], data };
}

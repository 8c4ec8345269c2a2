import * as tf from '@tensorflow/tfjs-core';
import { layerNamed } from '../../network/network';
import { isMapShape, type MapShape } from '../../network/tensor/shape';
import { stepOf } from '../model/builtModel';
import { ranValuesOf, type StoredRun } from '../run/runStore';
import { EngineError } from '../runtime/engineError';
import { camFormulas, type Weighed } from './cams';
import { gradientAt } from './gradientAt';
import { endsInRelu } from './layerGradients';
import { linearStep } from './linearStep';
import type { Found, MethodContext } from './method';
import { taken, Trace } from './trace';

type GradientCam = keyof typeof camFormulas;

/** A map of a layer's cells by one of the formulas; nothing before the layer is computed. */
export function camMethod(formula: GradientCam) {
  return async (context: MethodContext<GradientCam>): Promise<Found> => {
    const { shape, ...weighed } = await weigh(context);
    return { map: camOf(shape, camFormulas[formula](weighed)) };
  };
}

/** The same for Grad-CAM, which may look behind the layer's own ReLU. */
export async function gradCam(context: MethodContext<'gradCam'>): Promise<Found> {
  if (!context.settings.beforeActivation) return await camMethod('gradCam')(context);
  const { shape, values, gradient, channels } = await weigh(context);
  const sums = layerSums(context);
  const behind = gradient.map((slope, at) => ((values[at] ?? 0) > 0 ? slope : 0));
  return { map: camOf(shape, camFormulas.gradCam({ values: sums, gradient: behind, channels })) };
}

async function weigh(
  context: MethodContext<GradientCam>,
): Promise<Weighed & { readonly shape: MapShape }> {
  const { run, layer } = context;
  const { shape, values } = layerMap(run, layer);
  const trace = Trace.ofRun(run);
  try {
    const gradient = taken(await gradientAt({ ...context, trace, to: layer }));
    return { shape, values, gradient, channels: shape[2] };
  } finally {
    trace.dispose();
  }
}

/** What a layer's ReLU was given. */
function layerSums({ model, run, layer: name }: MethodContext<'gradCam'>): Float32Array {
  const step = stepOf(model, name);
  if (!endsInRelu(step) || step.layer.kind === 'Activation')
    throw new EngineError(`${name} has no ReLU of its own to look behind; leave it as it is`);
  const trace = Trace.ofRun(run);
  try {
    const inputs = step.layer.inputs.map((input) => trace.of(input));
    return taken(tf.tidy(() => linearStep(step).run(inputs)));
  } finally {
    trace.dispose();
  }
}

/** A layer's values in a run; throws where they are no map. */
export function layerMap(
  run: StoredRun,
  name: string,
): { readonly shape: MapShape; readonly values: Float32Array } {
  const shape = layerNamed(run.network, name).outputShape;
  const { data: values } = ranValuesOf(run, name);
  if (isMapShape(shape)) return { shape, values };
  throw new EngineError(`${name} has no map, only units; choose a layer before it`);
}

/** One value for each cell of a layer. */
export function camOf([height, width]: MapShape, data: Float32Array): Found['map'] {
  return { shape: [height, width], data };
}

/** The channels that have any value; those that have none change nothing. */
export function channelsAlive(values: Float32Array, channels: number): readonly number[] {
  const alive = new Set<number>();
  for (let at = 0; at < values.length; at++) if (values[at] !== 0) alive.add(at % channels);
  return [...alive].sort((a, b) => a - b);
}

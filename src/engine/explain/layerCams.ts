import { inputName } from '../../network/network';
import { isMapShape, type Shape } from '../../network/tensor/shape';
import type { ExplanationTarget, LayerCam, LayerCams } from '../../protocol/explanation';
import type { BuiltModel } from '../model/builtModel';
import { ranValuesOf } from '../run/runStore';
import { camFormulas } from './cams';
import { gradientAt } from './gradientAt';
import { resolveTarget, targetValues, valueOf, type Target } from './target';
import { stepsBetween, Trace, type TraceContext } from './trace';

/**
 * Grad-CAM (Selvaraju et al. 2017, before its ReLU) at every layer on the way to a target, by one pass backward over what
 * the run kept: [h, w] where a layer has maps; of a list of units [n], each a channel of one cell.
 */
export async function layerCams(
  context: TraceContext,
  asked: ExplanationTarget,
): Promise<LayerCams> {
  const { model, run } = context;
  const target = resolveTarget(model.network, asked);
  const layers: LayerCam[] = [];
  const add = (name: string, signal: Float32Array): void => {
    const { shape, data } = valuesBefore(context, name, target);
    layers.push({ name, ...camOfSignal(shape, data, signal) });
  };
  const trace = Trace.ofRun(run);
  try {
    const to = firstLayer(model, target);
    const first = await gradientAt({
      ...{ ...context, trace, target, to },
      onSignal: (name, signal) => add(name, signal.dataSync<'float32'>()),
    });
    try {
      if (to !== inputName(model.network)) add(to, first.dataSync<'float32'>());
    } finally {
      first.dispose();
    }
  } finally {
    trace.dispose();
  }
  return { value: valueOf(target, targetValues(run, target)), layers: layers.reverse() };
}

/** How far back the pass goes: not through the layer that alone looks at the picture, whose pass is the longest. */
function firstLayer(model: BuiltModel, { layer }: Target): string {
  const picture = inputName(model.network);
  const lookers = stepsBetween(model, picture, layer).filter(({ layer: { inputs } }) =>
    inputs.includes(picture),
  );
  const [only] = lookers;
  return only && lookers.length === 1 ? only.layer.name : picture;
}

/** A layer's values in the run; of the target's own layer those before its softmax. */
function valuesBefore({ run }: TraceContext, name: string, target: Target) {
  const values = ranValuesOf(run, name);
  return name === target.layer ? { ...values, data: targetValues(run, target) } : values;
}

function camOfSignal(shape: Shape, values: Float32Array, gradient: Float32Array) {
  const channels = shape.at(-1) ?? 1;
  const data = camFormulas.gradCam({ values, gradient, channels });
  if (isMapShape(shape)) return { shape: [shape[0], shape[1]], data };
  // The sum over the units would be one number; each of them has a face of its own.
  return {
    shape,
    data: values.map((value, at) => value * (gradient[at] ?? 0)),
  };
}

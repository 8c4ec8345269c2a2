import { inputName } from '../../network/network';
import type { ExplanationMap } from '../../protocol/explanation';
import type { StoredRun } from '../run/runStore';
import { gradientAt, reluRules } from './gradientAt';
import type { Found, MethodContext } from './method';
import { Trace } from './trace';

type PixelMethod = 'saliency' | 'gradientXInput' | 'guidedBackprop' | 'deconvnet';

/** d target / d input (Simonyan, Vedaldi and Zisserman 2013), or what comes back by another rule for ReLUs. */
export function signalOf(relu: keyof typeof reluRules) {
  return async (context: MethodContext<PixelMethod>): Promise<Found> => {
    const { model, run, target, work } = context;
    const trace = Trace.ofRun(run);
    try {
      const to = inputName(model.network);
      const options = { model, trace, target, to, relu: reluRules[relu], work };
      const gradient = await gradientAt(options);
      const data = gradient.dataSync<'float32'>();
      gradient.dispose();
      return { map: mapOf(run, data) };
    } finally {
      trace.dispose();
    }
  };
}

/** What each value adds in a straight line from zero (Shrikumar et al. 2016). */
export async function gradientXInput(context: MethodContext<'gradientXInput'>): Promise<Found> {
  const { map } = await signalOf('gradient')(context);
  const { data: input } = context.run.input;
  return { map: { ...map, data: map.data.map((slope, at) => slope * (input[at] ?? 0)) } };
}

/** Values of a run's input, in its own space and order of channels. */
export function mapOf({ input }: StoredRun, data: Float32Array): ExplanationMap {
  return { shape: input.shape, data };
}

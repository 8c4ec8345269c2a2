import { inputName } from '../../network/network';
import type { ExplanationMap } from '../../protocol/explanation';
import type { StoredRun } from '../run/runStore';
import { gradientAt, reluRules } from './gradientAt';
import type { Found, MethodContext } from './method';
import { taken, Trace } from './trace';

type PixelMethod = 'saliency' | 'gradientXInput' | 'guidedBackprop' | 'deconvnet';

/** d target / d input (Simonyan, Vedaldi and Zisserman 2013), or what comes back by another rule for ReLUs. */
export function signalOf(relu: keyof typeof reluRules) {
  return async (context: MethodContext<PixelMethod>): Promise<Found> => {
    const { model, run } = context;
    const trace = Trace.ofRun(run);
    try {
      const to = inputName(model.network);
      const gradient = await gradientAt({ ...context, trace, to }, reluRules[relu]);
      return { map: mapOf(run, taken(gradient)) };
    } finally {
      trace.dispose();
    }
  };
}

/** What each value adds on a straight line from zero (Shrikumar et al. 2016). */
export async function gradientXInput(context: MethodContext<'gradientXInput'>): Promise<Found> {
  const { map } = await signalOf('gradient')(context);
  const { data: input } = context.run.input;
  return { map: { ...map, data: map.data.map((slope, at) => slope * (input[at] ?? 0)) } };
}

/** Values of a run's input, in its own space and order of channels. */
export function mapOf({ input }: StoredRun, data: Float32Array): ExplanationMap {
  return { shape: input.shape, data };
}

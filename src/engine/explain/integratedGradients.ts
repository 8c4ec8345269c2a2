import { baselineOf, baselineValue } from './baseline';
import type { Found, MethodContext } from './method';
import { mapOf } from './pixelMaps';
import { quadratures } from './quadrature';
import { sumOfGradients } from './variants';

/** What each value adds on the straight path from the baseline to the picture (Sundararajan, Taly and Yan 2017, equation 1). */
export async function integratedGradients(
  context: MethodContext<'integratedGradients'>,
): Promise<Found> {
  const { run, settings, value, runOf } = context;
  const { data: input } = run.input;
  const start = baselineOf(run, settings.baseline, runOf);
  const baseline = await baselineValue(context, start);
  const { nodes, weights } = quadratures[settings.rule](settings.steps);
  const toPlace = (values: Float32Array, index: number): void => {
    const share = nodes[index] ?? 0;
    for (let at = 0; at < values.length; at++) {
      const from = start.data[at] ?? 0;
      values[at] = from + share * ((values[at] ?? 0) - from);
    }
  };
  const slopes = await sumOfGradients(
    context,
    { count: settings.steps, change: toPlace, what: 'step' },
    (index) => weights[index] ?? 0,
  );
  const added = slopes.map((slope, at) => slope * ((input[at] ?? 0) - (start.data[at] ?? 0)));
  return {
    map: mapOf(run, Float32Array.from(added)),
    baseline,
    completeness: {
      sum: added.reduce((sum, each) => sum + each, 0),
      expected: value - baseline.value,
    },
  };
}

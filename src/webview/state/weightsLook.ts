/** How weights are drawn. */
export interface WeightsLook {
  /** The heights of a histogram's bars. */
  readonly counts: 'linear' | 'log';
  /** One scale of colours for all filters of a layer, or each filter's own. */
  readonly kernels: 'joint' | 'own';
}

export const firstWeightsLook: WeightsLook = { counts: 'linear', kernels: 'joint' };

/** Reads what an earlier session kept. */
export function readWeightsLook(saved: unknown): WeightsLook {
  if (typeof saved !== 'object' || saved === null) return firstWeightsLook;
  const { counts, kernels } = saved as Readonly<Record<string, unknown>>;
  return {
    counts: counts === 'log' ? 'log' : 'linear',
    kernels: kernels === 'own' ? 'own' : 'joint',
  };
}

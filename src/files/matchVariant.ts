import type { Layer } from '../network/layers/layer';
import type { VariantId } from '../library/variant';
import { variantIds } from '../library/variant';
import { variants } from '../library/variants';
import type { Assigned, Assignment, FoundTensor } from './assignTensors';
import { assignTensors } from './assignTensors';
import { weightKey } from './networkWeights';
import type { Placing } from './layouts';
import type { FileLayouts, Layout } from './weightLayout';
import { placingFrom } from './weightLayout';
import { WeightsError } from './weightsError';

/** A weight of the network, the file's tensor for it, and the way from its layout to ours. */
export interface MatchedWeight {
  /** Such as `conv1.kernel`. */
  readonly key: string;
  readonly tensor: FoundTensor;
  readonly placing: Placing;
}

export interface Match {
  readonly variant: VariantId;
  readonly weights: readonly MatchedWeight[];
}

/** The variant whose names and shapes the file has: `shown` if it fits, else the first that does; else says why the nearest does not. */
export function matchVariant(found: readonly FoundTensor[], shown: VariantId): Match {
  let nearest: { variant: VariantId; assignment: Assignment } | undefined;
  for (const variant of [shown, ...variantIds.filter((id) => id !== shown)]) {
    const assignment = assignTensors(variants[variant].network, found);
    if (assignment.problem === undefined) return { variant, weights: matched(variant, assignment) };
    if (!nearest || assignment.weights.length > nearest.assignment.weights.length) {
      nearest = { variant, assignment };
    }
  }
  throw new WeightsError(nearest?.assignment.problem ?? 'the file holds no tensors');
}

function matched(variant: VariantId, { weights }: Assignment): readonly MatchedWeight[] {
  const { network } = variants[variant];
  const layouts = fileLayouts(weights);
  return weights.map(({ layer, spec, tensor }) => ({
    key: weightKey(layer.name, spec.name),
    tensor,
    placing: placingFrom(layouts, network, layer, spec),
  }));
}

/** A file keeps to one order of axes; fc7 is square, so that its neighbours decide. */
function fileLayouts(weights: readonly Assigned[]): FileLayouts {
  const layoutOf = (kind: Layer['kind']): Layout | undefined =>
    weights.find(
      ({ layer, spec, layouts }) =>
        layer.kind === kind && spec.name === 'kernel' && layouts.length === 1,
    )?.layouts[0];
  const convolution = layoutOf('Conv2D') ?? 'outputs last';
  return { convolution, dense: layoutOf('Dense') ?? convolution };
}

import type { Layer } from '../../network/layers/layer';
import type { ModelDocument } from '../../network/modelDocument';
import type { Network } from '../../network/network';
import type { Assigned, Assignment, FoundTensor } from './assignTensors';
import { assignTensors } from './assignTensors';
import { weightKey } from './networkWeights';
import type { Placing } from '../tensors/layouts';
import type { Layout, TensorFile } from '../tensors/tensorFile';
import type { FileLayouts } from './weightLayout';
import { placingFrom } from './weightLayout';
import { WeightsError } from '../bytes/weightsError';

/** A weight of the network, the file's tensor for it, and the way from its layout to ours. */
export interface MatchedWeight {
  /** Such as `conv1.kernel`. */
  readonly key: string;
  readonly tensor: FoundTensor;
  readonly placing: Placing;
}

/** What of a document decides whether weights are for it. */
export type Candidate = Pick<ModelDocument, 'id' | 'network'> &
  Partial<Pick<ModelDocument, 'origin'>>;

export interface Match {
  readonly documentId: string;
  readonly weights: readonly MatchedWeight[];
  /** Tensors that belong to no layer, by their names. */
  readonly leftOut: readonly string[];
  /** Other candidates that the file fits as well. */
  readonly alsoFits: readonly string[];
}

/** What a file says of the order of its values, beside what their shapes tell. */
export type SaidOfLayouts = Pick<TensorFile, 'flattened' | 'turnedKernels'>;

/** What tensors were found to be, or in a sentence why they are nothing whole. */
export type Fitting<Fit> = { readonly fit: Fit } | { readonly problem: string };

/** The first candidate whose weights the file has; throws a WeightsError that says why the nearest does not fit. */
export function matchDocument(
  found: readonly FoundTensor[],
  candidates: readonly Candidate[],
  said: SaidOfLayouts = {},
): Match {
  const matching = findMatch(found, candidates, said);
  if ('fit' in matching) return matching.fit;
  throw new WeightsError(matching.problem);
}

/** The same, where it may well be that none fits. */
export function findMatch(
  found: readonly FoundTensor[],
  candidates: readonly Candidate[],
  said: SaidOfLayouts = {},
): Fitting<Match> {
  const tried = candidates.map(({ id, network }) => {
    return { id, network, assignment: assignTensors(network, found) };
  });
  const fitting = tried.filter(({ assignment }) => assignment.problem === undefined);
  // One that has a place for every tensor, where there is one.
  const exact = fitting.filter(({ assignment }) => assignment.spare.length === 0);
  const [first, ...others] = exact.length > 0 ? exact : fitting;
  if (first) {
    const { id: documentId, network, assignment } = first;
    const weights = matched(network, assignment, said);
    const leftOut = assignment.spare.map(({ name }) => name);
    return { fit: { documentId, weights, leftOut, alsoFits: others.map(({ id }) => id) } };
  }
  const nearest = tried.reduce<Assignment | undefined>(
    (best, { assignment }) =>
      best && best.weights.length >= assignment.weights.length ? best : assignment,
    undefined,
  );
  return { problem: nearest?.problem ?? 'the file holds no tensors' };
}

function matched(
  network: Network,
  { weights }: Assignment,
  said: SaidOfLayouts,
): readonly MatchedWeight[] {
  const layouts = fileLayouts(weights, said);
  return weights.map(({ layer, spec, tensor }) => ({
    key: weightKey(layer.name, spec.name),
    tensor,
    placing: placingFrom(layouts, network, layer, spec, tensor.place),
  }));
}

/**
 * All tensors of a file have one order of axes: a square kernel, such as fc7's, has that of the others. Where the file does
 * not say how maps were flattened, its convolutions' kernels do.
 */
function fileLayouts(
  weights: readonly Assigned[],
  { flattened, turnedKernels = false }: SaidOfLayouts,
): FileLayouts {
  const layoutOf = (kind: Layer['kind']): Layout | undefined =>
    weights.find(
      ({ layer, spec, layouts }) =>
        layer.kind === kind && spec.name === 'kernel' && layouts.length === 1,
    )?.layouts[0];
  const convolution = layoutOf('Conv2D') ?? 'outputs last';
  const asKernels = convolution === 'outputs first' ? 'channels first' : 'channels last';
  return {
    convolution,
    dense: layoutOf('Dense') ?? convolution,
    flattened: flattened ?? asKernels,
    turned: turnedKernels,
  };
}

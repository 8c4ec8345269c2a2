import { isMapShape, sameShape } from '../../network/tensor/shape';
import { compareValues, type LayerComparison } from '../../protocol/comparison';
import type { LayerCam, LayerCams } from '../../protocol/explanation';
import type { Resource } from '../draw/resource';
import { formatCosine } from '../draw/numberFormat';

/** Grad-CAM of two runs for one class. */
export interface CamSides {
  readonly a: Resource<LayerCams>;
  readonly b: Resource<LayerCams>;
  /** The class, by name. */
  readonly target: string;
}

/** A layer's Grad-CAM on one side. */
export function camOf(side: Resource<LayerCams>, name: string): LayerCam | undefined {
  return side.status === 'ready' ? side.value.layers.find((cam) => cam.name === name) : undefined;
}

/** The layers that have Grad-CAM in one of the runs, compared by that. */
export function comparedCams(
  layers: readonly LayerComparison[],
  { a, b }: Pick<CamSides, 'a' | 'b'>,
): readonly LayerComparison[] {
  return layers.flatMap(({ name, a: ofA, b: ofB }) => {
    const [left, right] = [camOf(a, name), camOf(b, name)];
    if (!left && !right) return [];
    const alike = left && right && sameShape(left.shape, right.shape);
    const shapes = { ...(ofA && { a: ofA }), ...(ofB && { b: ofB }) };
    return {
      name,
      ...shapes,
      ...(alike && { difference: compareValues(left.data, right.data, 1) }),
    };
  });
}

/** Where what spoke for the class is least alike; or why it cannot be told. */
export function camVerdict(layers: readonly LayerComparison[], sides: CamSides): string {
  for (const [side, cams] of [
    ['A', sides.a],
    ['B', sides.b],
  ] as const) {
    if (cams.status === 'failed') return `Grad-CAM of ${side} cannot be had: ${cams.why}.`;
    if (cams.status === 'loading') return `Working out Grad-CAM of ${side} for ${sides.target}…`;
  }
  // A list of units is hardly ever alike: each is a word of its own.
  const known = layers.flatMap(({ name, a = [], difference }) =>
    difference?.cosine === undefined || !isMapShape(a) ? [] : [{ name, cosine: difference.cosine }],
  );
  const [least] = known.toSorted((x, y) => x.cosine - y.cosine);
  const about = `What spoke for ${sides.target} in A and in B.`;
  return least
    ? `${about} Least alike: ${least.name}, cosine ${formatCosine(least.cosine)}.`
    : `${about} No layer has it in both.`;
}

import type { Layer, WeightSpec } from '../network/layer';
import type { Shape } from '../network/shape';
import { sameShape } from '../network/shape';
import type { VariantId } from '../network/variants/variant';
import { variantIds } from '../network/variants/variant';
import { variants } from '../network/variants/variants';
import type { FileWeight } from './fileNames';
import { fileWeight } from './fileNames';
import { weightKey } from './networkWeights';
import { WeightsError } from './weightsError';

/** What a file says it holds, before its values are read. */
export interface FoundTensor {
  readonly name: string;
  readonly shape: Shape;
}

/** A weight of the network beside its place in the file. */
export interface MatchedWeight {
  readonly key: string;
  readonly file: FileWeight;
}

export interface Match {
  readonly variant: VariantId;
  readonly weights: readonly MatchedWeight[];
}

/** The variant whose names and shapes the file has: `shown` if it fits, else the first that does; else says why `shown` does not. */
export function matchVariant(found: readonly FoundTensor[], shown: VariantId): Match {
  const shapes = new Map(found.map(({ name, shape }) => [name, shape]));
  for (const variant of [shown, ...variantIds.filter((id) => id !== shown)]) {
    const weights = fileWeights(variant);
    if (!firstMismatch(weights, shapes)) return { variant, weights };
  }
  throw new WeightsError(
    firstMismatch(fileWeights(shown), shapes) ?? 'the file holds too many tensors',
  );
}

function fileWeights(variant: VariantId): readonly MatchedWeight[] {
  const { network } = variants[variant];
  const match = (layer: Layer, spec: WeightSpec): MatchedWeight => ({
    key: weightKey(layer.name, spec.name),
    file: fileWeight(variant, network, layer, spec),
  });
  return network.layers.flatMap((layer) => layer.weights.map((spec) => match(layer, spec)));
}

function firstMismatch(
  weights: readonly MatchedWeight[],
  shapes: ReadonlyMap<string, Shape>,
): string | undefined {
  for (const { file } of weights) {
    const shape = shapes.get(file.name);
    if (!shape) {
      const some = [...shapes.keys()].slice(0, 3).join(', ') || 'nothing';
      return `${file.name} is missing: expected shape [${file.shape.join(', ')}], the file holds ${some}`;
    }
    if (!sameShape(shape, file.shape)) {
      return `${file.name} has shape [${shape.join(', ')}], expected [${file.shape.join(', ')}]`;
    }
  }
  const known = new Set(weights.map(({ file }) => file.name));
  const extra = [...shapes.keys()].find((name) => !known.has(name));
  return extra === undefined ? undefined : `${extra} belongs to no layer of this network`;
}

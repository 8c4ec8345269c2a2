import { bvlc } from './bvlc';
import { caffenet } from './caffenet';
import { keras } from './keras';
import { paper } from './paper';
import { torchvision } from './torchvision';
import type { Variant, VariantId } from './variant';
import { variantIds } from './variant';

/** Every AlexNet that can be shown and run, by id. */
export const variants: Readonly<Record<VariantId, Variant>> = {
  keras,
  paper,
  bvlc,
  caffenet,
  torchvision,
};

export function isVariantId(value: unknown): value is VariantId {
  return variantIds.some((id) => id === value);
}

import type { Network } from '../network/network';
import type { Preprocess } from '../network/preprocess/preprocess';
import type { Reasons } from '../network/reason';

export const variantIds = ['keras', 'paper', 'bvlc', 'caffenet', 'torchvision'] as const;
export type VariantId = (typeof variantIds)[number];

/** One published AlexNet: what it is called, where it comes from, how it is built and fed. */
export interface Variant {
  readonly id: VariantId;
  readonly title: string;
  readonly description: string;
  readonly source: string;
  readonly network: Network;
  readonly preprocess: Preprocess;
  readonly reasons: Reasons;
}

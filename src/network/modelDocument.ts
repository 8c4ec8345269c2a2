import type { Network } from './network';
import type { Preprocess } from './preprocess/preprocess';
import type { Reasons } from './reason';

/** The names of a network's classes, by index, and where they come from. */
export interface ClassLabels {
  readonly names: readonly string[];
  /** WordNet's ids of the classes, such as `n01440764`, where they are known: no two classes share one. */
  readonly synsets?: readonly string[];
  /** Such as 'ImageNet-1k' or the name of the file that holds them. */
  readonly source: string;
  /** How they came to the network: `numbers` stand where there are no names. Left out where the document's author says them. */
  readonly from?: 'file' | 'beside' | 'chosen' | 'numbers';
}

/** Where a document comes from. */
export type Origin =
  | { readonly kind: 'library'; readonly source: string }
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly uri: string;
      /** The id of the document that has the same layers, where a file of weights only has other classes. */
      readonly base?: string;
    }
  | { readonly kind: 'code'; readonly name: string; readonly uri: string }
  /** Trained here, from another document's layers, on a folder of pictures. */
  | {
      readonly kind: 'trained';
      readonly name: string;
      readonly uri: string;
      /** The id of the document that has the same layers. */
      readonly base: string;
    };

/**
 * A network and what people need to know of it: how its pictures are prepared, what its classes are called, why its
 * layers are as they are. Plain data: it crosses each channel once, and everything else names it by its id.
 */
export interface ModelDocument {
  /** Unique in a window. */
  readonly id: string;
  readonly title: string;
  /** One line. */
  readonly description: string;
  readonly origin: Origin;
  readonly network: Network;
  readonly preprocess: Preprocess;
  /** Where that was taken from, in words; left out where the document's author says it. */
  readonly preparedFrom?: string;
  /** Where the size of its pictures was taken from, where its file leaves that open. */
  readonly sizeFrom?: 'assumed' | 'chosen';
  readonly labels: ClassLabels;
  readonly reasons: Reasons;
  /**
   * PyTorch's names of the modules that hold the weights of a layer, by its name: a state_dict is written with them,
   * in PyTorch's layout.
   */
  readonly torchModules?: Readonly<Record<string, string>>;
}

/** The id of the document that has a document's layers but for its classes: its own where it comes from no other. */
export function layersFrom({ id, origin }: Pick<ModelDocument, 'id' | 'origin'>): string {
  return ('base' in origin ? origin.base : undefined) ?? id;
}

/** What its publisher says of a set of weights. */
export interface PublishedWeights {
  readonly name: string;
  /** Per cent, of the pictures of `conditions`; left out where nobody published it. */
  readonly top1?: number;
  readonly top5?: number;
  /** The only classes that they were trained to tell, as indices; all of them where it is left out. */
  readonly classes?: readonly number[];
  /** How the accuracy was measured. */
  readonly conditions: string;
  readonly licence: string;
  readonly source: string;
}

/** The name of a class; classes without one are numbered. */
export function labelOf({ names }: ClassLabels, index: number): string {
  return names[index] ?? `class ${index}`;
}

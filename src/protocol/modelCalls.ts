import type { ModelDocument } from '../network/modelDocument';

/** Where a file lies that the engine reads: on this machine's disks, or in a message where it lies elsewhere. */
export type FilePlace = { readonly path: string } | { readonly bytes: Uint8Array };

/** A file of a model; `id` becomes the document's. */
export interface ReadModelParams {
  readonly id: string;
  /** The file's name and address, as a person knows them. */
  readonly name: string;
  readonly uri: string;
  readonly at: FilePlace;
  /** Of the picture, in pixels, where the file leaves it open; the usual one where it is left out. */
  readonly size?: PictureSize;
}

export type PictureSize = readonly [height: number, width: number];

/** A file of names of classes, called `name`. */
export interface ReadLabelsParams {
  readonly name: string;
  readonly at: FilePlace;
}

/** A model as its file has it; it may be at fault in parts. */
export interface OpenedModel {
  readonly document: ModelDocument;
  /** Whole sentences: why it cannot run as it is, where the file contradicts itself, what was assumed. */
  readonly remarks: readonly string[];
}

/** The engine's calls about models that lie in files. */
export type EngineModels = {
  /** Reads a model's layers, not its weights. Fails with a WeightsError where the file holds none. */
  readModel: {
    readonly params: ReadModelParams;
    readonly result: OpenedModel;
    readonly progress: never;
  };
  /** The names of classes in a file. Fails with a WeightsError where it holds none. */
  readLabels: {
    readonly params: ReadLabelsParams;
    readonly result: readonly string[];
    readonly progress: never;
  };
};

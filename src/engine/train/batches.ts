import * as tf from '@tensorflow/tfjs-core';
import { inputSize } from '../../network/inputShape';
import type { ModelDocument } from '../../network/modelDocument';
import type { Size } from '../../network/preprocess/fitSizes';
import type { Augmentation } from '../../protocol/training';
import { drawView } from './augmentation';
import { Draws } from './draws';
import type { PictureStore } from './pictureStore';
import { Preparing } from './prepare';
import type { Batch } from './trainingStep';

interface BatchesOptions {
  readonly store: Pick<PictureStore, 'pictures' | 'read'>;
  /** Which of its pictures. */
  readonly indices: readonly number[];
  /** What it prepares pictures for. */
  readonly document: Pick<ModelDocument, 'preprocess' | 'network'>;
  /** The most pictures of a batch: an epoch's batches are equally large but for one picture. */
  readonly size: number;
}

/** Pictures of a store in batches as a network takes them. */
export class Batches {
  private readonly preparing: Preparing;
  private readonly input: Size;

  constructor(private readonly options: BatchesOptions) {
    const { preprocess, network } = options.document;
    this.input = inputSize(network);
    this.preparing = new Preparing(preprocess, this.input);
  }

  get pictures(): number {
    return this.options.indices.length;
  }

  get count(): number {
    return Math.ceil(this.pictures / this.options.size);
  }

  /** A batch as at inference, in the order of the store. */
  plain(batch: number): Batch {
    const { indices } = this.options;
    return this.make(this.span(batch).map((at) => indices[at] ?? 0));
  }

  /** A batch of an epoch in training; it depends on the seed, the epoch and its number alone. */
  varied(batch: number, { seed, epoch, augmentation }: Variation): Batch {
    const { indices } = this.options;
    const order = new Draws(seed, 'order', epoch).order(indices.length);
    const chosen = this.span(batch).map((at) => indices[order[at] ?? 0] ?? 0);
    return this.make(chosen, (picture) =>
      drawView(augmentation, new Draws(seed, 'view', epoch, picture)),
    );
  }

  private span(batch: number): readonly number[] {
    const from = Math.floor((batch * this.pictures) / this.count);
    const to = Math.floor(((batch + 1) * this.pictures) / this.count);
    return Array.from({ length: to - from }, (_, index) => from + index);
  }

  private make(
    chosen: readonly number[],
    viewOf?: (picture: number) => ReturnType<typeof drawView>,
  ): Batch {
    const { input } = this;
    const { store } = this.options;
    const { length } = this.preparing;
    const values = new Float32Array(chosen.length * length);
    for (const [at, picture] of chosen.entries()) {
      const target = values.subarray(at * length, (at + 1) * length);
      this.preparing.write(store.read(picture), viewOf?.(picture), target);
    }
    return {
      pictures: tf.tensor4d(values, [chosen.length, input.height, input.width, 3]),
      labels: chosen.map((picture) => store.pictures[picture]?.label ?? 0),
    };
  }
}

interface Variation {
  readonly seed: number;
  readonly epoch: number;
  readonly augmentation: Augmentation;
}

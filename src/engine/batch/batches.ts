import { PictureError } from '../../imaging/formats/pictureError';
import type { EngineMethods } from '../../protocol/engineProtocol';
import { EngineError } from '../runtime/engineError';
import { PrepareThreads } from './prepareThreads';

/** One that runs, one that waits for it, one that is on its way; whoever went away leaves theirs behind. */
const keptBatches = 3;

/** Pictures that were prepared to go through the network together, until they do. */
export class Batches {
  private readonly threads: PrepareThreads;
  private readonly prepared = new Map<number, readonly Float32Array[]>();

  constructor(wasmDirectory: string) {
    this.threads = new PrepareThreads(wasmDirectory);
  }

  /** Gives a sentence for each picture that cannot be read; the others are kept as a batch, in their order. */
  async prepare({
    batch,
    pictures,
    preprocess,
    shape,
  }: EngineMethods['prepare']['params']): Promise<readonly (string | null)[]> {
    const outcomes = await Promise.all(
      pictures.map((bytes) =>
        this.threads.prepare({ bytes, preprocess, shape }).catch((error: unknown) => {
          if (error instanceof PictureError) return error.message;
          throw error;
        }),
      ),
    );
    const tensors = outcomes.filter((outcome) => typeof outcome !== 'string');
    this.prepared.set(batch, tensors);
    for (const old of [...this.prepared.keys()].slice(0, -keptBatches)) this.prepared.delete(old);
    return outcomes.map((outcome) => (typeof outcome === 'string' ? outcome : null));
  }

  /** A batch, which is not kept any longer. */
  take(batch: number): readonly Float32Array[] {
    const tensors = this.prepared.get(batch);
    this.prepared.delete(batch);
    if (tensors) return tensors;
    throw new EngineError(`there is no batch ${batch}; its pictures have to be prepared again`);
  }
}

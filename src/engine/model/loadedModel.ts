import type { Layer } from '../../network/layers/layer';
import type { ModelDocument } from '../../network/modelDocument';
import type { LoadWeightsParams, Progress, WeightsInfo } from '../../protocol/engineProtocol';
import type { CallContext } from '../../protocol/rpc';
import type { NetworkWeights } from '../../files/matching/networkWeights';
import { WeightsError } from '../../files/bytes/weightsError';
import { EngineError } from '../runtime/engineError';
import { explainMemory } from '../runtime/outOfMemory';
import { paced, progressMilliseconds, yieldToEventLoop } from '../runtime/pacing';
import type { BuiltModel } from './builtModel';
import { buildModel } from './builtModel';
import type { KnownDocuments } from './knownDocuments';
import { openWeights } from './openWeights';

/** The one model that the engine has, whose network it is, and which weights are in it. */
export class LoadedModel {
  private built: BuiltModel | undefined;
  private used: ModelDocument | undefined;
  private weightsNumber: number | undefined;
  /** The model, once it has run. */
  private warm: BuiltModel | undefined;

  constructor(private readonly documents: KnownDocuments) {}

  /** The host's number for the weights in the model; a run remembers it. */
  get weightsId(): number | undefined {
    return this.weightsNumber;
  }

  /** The model, where it has not run yet. */
  get coldModel(): BuiltModel | undefined {
    return this.warm === this.built ? undefined : this.built;
  }

  /** Throws an EngineError where no weights are loaded. */
  model(): BuiltModel {
    if (this.built) return this.built;
    throw new EngineError('no weights are loaded yet');
  }

  /** The document whose network the model is. */
  document(): ModelDocument {
    if (this.used) return this.used;
    throw new EngineError('no document is in use');
  }

  /** The model that made a run, where it is still loaded. */
  of({ weightsId }: { readonly weightsId: number | undefined }): BuiltModel | undefined {
    return weightsId !== undefined && weightsId === this.weightsNumber ? this.built : undefined;
  }

  /** A model has run; gives whether it was for the first time. */
  noteWarm(model: BuiltModel): boolean {
    if (this.warm === model) return false;
    this.warm = model;
    return true;
  }

  /**
   * Everything is read and checked before the model in use is let go. It is then read once more, layer by layer:
   * that costs a tenth of a second for 250 MB, and both models would not fit into WebAssembly's memory for long.
   */
  async load(
    { documentId, source, weightsId, chosen }: LoadWeightsParams,
    { signal, report }: CallContext<Progress>,
  ): Promise<WeightsInfo> {
    const [wanted, ...others] = this.documents.from(documentId);
    const opened = await openWeights(source, wanted, others, chosen);
    const { info } = opened;
    const replaces = this.built !== undefined;
    const share = replaces ? 0.5 : 0;
    // Networks of hundreds of layers have tensors that take less than a millisecond.
    const tell = paced(progressMilliseconds, report);
    try {
      if (replaces) {
        await opened.check({
          signal,
          onTensor: (name, fraction) =>
            tell({ what: `checking ${name}`, fraction: fraction * share }),
        });
      }
      this.letGo();
      const options = {
        signal,
        onTensor: (name: string, fraction: number) =>
          tell({ what: `loading ${name}`, fraction: share + (1 - share) * fraction }),
      };
      const weightsOf = async (layer: Layer): Promise<NetworkWeights> => {
        await yieldToEventLoop();
        signal.throwIfAborted();
        return await opened.layer(layer, options).catch((error: unknown) => {
          if (!replaces || !(error instanceof WeightsError)) throw error;
          // Not a WeightsError: that would say that the model in use is still there.
          throw new EngineError(`the file changed while it was read: ${error.message}`);
        });
      };
      const document = this.documents.get(info.documentId);
      this.built = await explainMemory(() => buildModel(document.network, weightsOf));
      this.used = document;
      this.weightsNumber = weightsId;
      return info;
    } finally {
      await opened.close();
    }
  }

  private letGo(): void {
    this.built?.dispose();
    this.built = undefined;
    this.weightsNumber = undefined;
    this.warm = undefined;
  }
}

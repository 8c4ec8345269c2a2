import type {
  ExplainParams,
  RgbPicture,
  Tensor,
  ValueExplanation,
} from '../../protocol/engineProtocol';
import type { Filters, FilterRange, WeightSummary } from '../../protocol/weightSummary';
import type { HostMethods, WeightsOf } from '../../protocol/panelProtocol';
import type { Resource } from '../draw/resource';
import { ResourceCache } from './resourceCache';

/** Asks the host and waits for its answer. */
export type Ask = <K extends keyof HostMethods>(
  method: K,
  params: HostMethods[K]['params'],
) => Promise<HostMethods[K]['result']>;

/** Layers of a large network's run take about a megabyte each. */
const keptActivations = 40;

/** All layers of every document: a summary is a few kilobytes. */
const keptSummaries = 80;

/** Filters take 50 kB at most. */
const keptFilters = 200;

/** The largest, a unit of a first dense layer, takes 74 kB. */
const keptExplanations = 100;

/** More than fit on a wide screen; each takes 28 kB at most. */
const keptThumbnails = 200;

/** What the page knows beyond the host's state: values of whole layers, asked for when they are looked at. */
export class LayerData {
  private readonly activations: ResourceCache<Tensor>;
  private readonly names: ResourceCache<readonly string[]>;
  private readonly summaries: ResourceCache<WeightSummary>;
  private readonly filterSets: ResourceCache<Filters>;
  private readonly explanations: ResourceCache<ValueExplanation>;
  private readonly thumbnails: ResourceCache<RgbPicture>;

  constructor(
    private readonly ask: Ask,
    onLoaded: () => void,
  ) {
    this.activations = new ResourceCache(keptActivations, onLoaded);
    this.names = new ResourceCache(1, onLoaded);
    this.summaries = new ResourceCache(keptSummaries, onLoaded);
    this.filterSets = new ResourceCache(keptFilters, onLoaded);
    this.explanations = new ResourceCache(keptExplanations, onLoaded);
    this.thumbnails = new ResourceCache(keptThumbnails, onLoaded);
  }

  /** A layer's whole output in a run: [h, w, c] or [n], row-major. Never runs the network. */
  activation(runId: number, layer: string): Resource<Tensor> {
    return this.activations.get(`${runId} ${layer}`, () =>
      this.ask('activation', { runId, layer }),
    );
  }

  /** The same for what cannot wait for the next drawing. */
  activationNow(runId: number, layer: string): Promise<Tensor> {
    return this.activations.now(`${runId} ${layer}`, () =>
      this.ask('activation', { runId, layer }),
    );
  }

  /** The names of the classes, by index. */
  labels(documentId: string): Resource<readonly string[]> {
    return this.names.get(documentId, () => this.ask('labels', { documentId }));
  }

  /** Every weight of a layer counted; `weightsId` says of which weights. */
  weightSummary(weightsId: number, { documentId, layer }: WeightsOf): Resource<WeightSummary> {
    return this.summaries.get(`${weightsId} ${documentId} ${layer}`, () =>
      this.ask('weightSummary', { documentId, layer }),
    );
  }

  /** Some filters of a convolution: [filters, h, w, in / groups]. */
  filters(weightsId: number, of: WeightsOf, { first, count }: FilterRange): Resource<Filters> {
    const { documentId, layer } = of;
    return this.filterSets.get(`${weightsId} ${documentId} ${layer} ${first} ${count}`, () =>
      this.ask('filters', { documentId, layer, first, count }),
    );
  }

  /** One of several pictures, small; `version` changes with it. */
  thumbnail(id: number, version: number): Resource<RgbPicture> {
    return this.thumbnails.get(`${id} ${version}`, () => this.ask('thumbnail', { id }));
  }

  /** Asks again for what was refused. */
  retry(): void {
    for (const cache of [
      this.activations,
      this.names,
      this.summaries,
      this.filterSets,
      this.explanations,
      this.thumbnails,
    ])
      cache.retry();
  }

  /** What one value of a run was made of. Never runs the network. */
  explainValue(params: ExplainParams): Resource<ValueExplanation> {
    const { runId, layer, row, column, channel } = params;
    return this.explanations.get(`${runId} ${layer} ${row} ${column} ${channel}`, () =>
      this.ask('explainValue', params),
    );
  }
}

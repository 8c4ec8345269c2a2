import type { LayerShares, SharesRequest } from '../../protocol/changedRun';
import type { ExplainParams, Tensor, ValueExplanation } from '../../protocol/engineProtocol';
import type { RgbPicture } from '../../protocol/runMaps';
import type { ExplanationTarget, LayerCams } from '../../protocol/explanation';
import type { Filters, FilterRange, WeightSummary } from '../../protocol/weightSummary';
import type {
  EvaluationReport,
  PanelEvaluation,
  PicturesAnswer,
  PicturesQuestion,
} from '../../protocol/evaluation';
import type { PanelPatches, Patch, PatchesAnswer } from '../../protocol/likes';
import type { StripItem } from '../../protocol/pictureStrip';
import type { PageDocument, WeightsOf } from '../../protocol/panelProtocol';
import type { Resource } from '../draw/resource';
import type { Ask } from './ask';
import { ExplanationReads } from './explanationReads';
import { KnownRuns } from './knownRuns';
import { Imaginings } from './imaginings';
import { ResourceCache } from './resourceCache';
import { SanityReads } from './sanityReads';
import { TrainingReads } from './trainingReads';

/** Layers of a large network's run take about a megabyte each. */
const keptActivations = 40;

/** All layers of every document: a summary is a few kilobytes. */
const keptSummaries = 80;

/** Filters take 50 kB at most. */
const keptFilters = 200;

/** The largest, a unit of a first dense layer, takes 74 kB. */
const keptExplanations = 100;

/** Grad-CAM of every layer takes 50 kB. */
const keptCams = 20;

/** What the channels of a layer add takes 16 kB at most. */
const keptShares = 60;

/** Of one evaluation, in its last versions: the largest has half a megabyte. */
const keptReports = 2;
const keptPictureLists = 12;

/** More than fit on a wide screen; each takes 28 kB at most. */
const keptThumbnails = 200;

/** A channel in one version of a search. */
type PatchesOf = Pick<PanelPatches, 'begun' | 'version'> & { readonly channel: number };

/** What the page knows beyond the host's state: values of whole layers, asked for when they are looked at. */
export class LayerData {
  readonly training: TrainingReads;
  readonly whys: ExplanationReads;
  readonly sanity: SanityReads;
  readonly runs = new KnownRuns();
  readonly imaginings: Imaginings;
  private readonly activations: ResourceCache<Tensor>;
  private readonly names: ResourceCache<readonly string[]>;
  private readonly summaries: ResourceCache<WeightSummary>;
  private readonly filterSets: ResourceCache<Filters>;
  private readonly explanations: ResourceCache<ValueExplanation>;
  private readonly cams: ResourceCache<LayerCams>;
  private readonly shares: ResourceCache<LayerShares>;
  private readonly thumbnails: ResourceCache<RgbPicture>;
  private readonly reports: ResourceCache<EvaluationReport>;
  private readonly pictureLists: ResourceCache<PicturesAnswer>;
  private readonly found: ResourceCache<PatchesAnswer>;

  constructor(
    private readonly ask: Ask,
    onLoaded: () => void,
  ) {
    this.training = new TrainingReads(ask, onLoaded);
    this.whys = new ExplanationReads(ask, onLoaded);
    this.sanity = new SanityReads(ask, onLoaded);
    this.imaginings = new Imaginings(ask, onLoaded);
    this.activations = new ResourceCache(keptActivations, onLoaded);
    this.names = new ResourceCache(1, onLoaded);
    this.summaries = new ResourceCache(keptSummaries, onLoaded);
    this.filterSets = new ResourceCache(keptFilters, onLoaded);
    this.explanations = new ResourceCache(keptExplanations, onLoaded);
    this.cams = new ResourceCache(keptCams, onLoaded);
    this.shares = new ResourceCache(keptShares, onLoaded);
    this.thumbnails = new ResourceCache(keptThumbnails, onLoaded);
    this.reports = new ResourceCache(keptReports, onLoaded);
    this.pictureLists = new ResourceCache(keptPictureLists, onLoaded);
    this.found = new ResourceCache(keptPictureLists, onLoaded);
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

  /** What each channel of a layer adds to a target. */
  channelShares(params: SharesRequest & { readonly runId: number }): Resource<LayerShares> {
    return this.shares.get(JSON.stringify(params), () => this.ask('channelShares', params));
  }

  /** The names of the classes, by index. */
  labels({ id, version }: Pick<PageDocument, 'id' | 'version'>): Resource<readonly string[]> {
    return this.names.get(`${version} ${id}`, () => this.ask('labels', { documentId: id }));
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

  /** One of several pictures, small; undefined while it is not there. */
  thumbnail({ id, thumbnail: version }: StripItem): RgbPicture | undefined {
    if (version === undefined) return undefined;
    const got = this.thumbnails.get(`${id} ${version}`, () => this.ask('thumbnail', { id }));
    return got.status === 'ready' ? got.value : undefined;
  }

  /** What came out of an evaluation so far. */
  evaluationReport({ begun, version }: PanelEvaluation): Resource<EvaluationReport> {
    return this.reports.get(`${begun} ${version}`, () => this.ask('evaluationReport', { begun }));
  }

  /** Some pictures of an evaluation. */
  evaluatedPictures(
    { begun, version }: PanelEvaluation,
    question: Omit<PicturesQuestion, 'begun'>,
  ): Resource<PicturesAnswer> {
    return this.pictureLists.get(`${begun} ${version} ${JSON.stringify(question)}`, () =>
      this.ask('evaluatedPictures', { begun, ...question }),
    );
  }

  /** One picture of an evaluation, small. */
  evaluatedThumbnail({ begun }: PanelEvaluation, id: number): Resource<RgbPicture> {
    return this.thumbnails.get(`evaluated ${begun} ${id}`, () =>
      this.ask('evaluatedThumbnail', { begun, id }),
    );
  }

  /** What a search found so far for a channel. */
  patches(of: PatchesOf): Resource<PatchesAnswer> {
    const { begun, version, channel } = of;
    return this.found.get(`${begun} ${version} ${channel}`, () =>
      this.ask('patches', { begun, channel }),
    );
  }

  /** What a cell sees of a picture that was gone through. */
  patchPicture(of: Pick<PatchesOf, 'begun' | 'channel'>, patch: Patch): Resource<RgbPicture> {
    const { picture, row, column } = patch;
    const params = { begun: of.begun, channel: of.channel, picture, row, column };
    return this.thumbnails.get(`patch ${Object.values(params).join(' ')}`, () =>
      this.ask('patchPicture', params),
    );
  }

  /** Asks again for what was refused. */
  retry(): void {
    this.training.retry();
    this.whys.retry();
    for (const cache of [
      this.activations,
      this.names,
      this.summaries,
      this.filterSets,
      this.explanations,
      this.cams,
      this.shares,
      this.thumbnails,
      this.reports,
      this.pictureLists,
      this.found,
    ])
      cache.retry();
  }

  /** Grad-CAM of a run at every layer. */
  layerCams(runId: number, target: ExplanationTarget): Resource<LayerCams> {
    return this.cams.get(`${runId} ${JSON.stringify(target)}`, () =>
      this.ask('layerCams', { runId, target }),
    );
  }

  /** What one value of a run was made of. Never runs the network. */
  explainValue(params: ExplainParams): Resource<ValueExplanation> {
    const { runId, layer, row, column, channel } = params;
    return this.explanations.get(`${runId} ${layer} ${row} ${column} ${channel}`, () =>
      this.ask('explainValue', params),
    );
  }
}

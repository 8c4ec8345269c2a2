import type { RgbPicture } from '../../protocol/runMaps';
import type {
  CurvePoint,
  LivePicture,
  PanelTraining,
  TrainingCost,
  TrainingSettings,
} from '../../protocol/training';
import type { Resource } from '../draw/resource';
import type { Ask } from './ask';
import { ResourceCache } from './resourceCache';

/** Costs are measured, which takes a step each: those that a person goes back to are kept. */
const keptCosts = 12;
const keptSamples = 6;

/** The last version and the one on its way. */
const keptVersions = 2;

/** A training at one of its versions: what it drew then stays the same. */
export type TrainingVersion = Pick<PanelTraining, 'begun' | 'version'>;

/** What the page asks about a training. */
export class TrainingReads {
  private readonly costs: ResourceCache<TrainingCost>;
  private readonly samples: ResourceCache<readonly (readonly RgbPicture[])[]>;
  private readonly curves: ResourceCache<readonly CurvePoint[]>;
  private readonly filterPictures: ResourceCache<LivePicture | null>;
  private readonly mapPictures: ResourceCache<LivePicture | null>;

  constructor(
    private readonly ask: Ask,
    onLoaded: () => void,
  ) {
    this.costs = new ResourceCache(keptCosts, onLoaded);
    this.samples = new ResourceCache(keptSamples, onLoaded);
    this.curves = new ResourceCache(keptVersions, onLoaded);
    this.filterPictures = new ResourceCache(keptVersions, onLoaded);
    this.mapPictures = new ResourceCache(keptVersions, onLoaded);
  }

  /** What a training with these settings will take. */
  cost(begun: number, settings: TrainingSettings): Resource<TrainingCost> {
    return this.costs.get(`${begun} ${JSON.stringify(settings)}`, () =>
      this.ask('trainingCost', { begun, settings }),
    );
  }

  /** Pictures as they will be varied; only some settings count. */
  augmented(
    begun: number,
    settings: TrainingSettings,
  ): Resource<readonly (readonly RgbPicture[])[]> {
    const { documentId, augmentation, seed } = settings;
    const key = JSON.stringify([begun, documentId, augmentation, seed]);
    return this.samples.get(key, () => this.ask('augmentedSamples', { begun, settings }));
  }

  /** The steps so far. */
  curve({ begun, version }: TrainingVersion): Resource<readonly CurvePoint[]> {
    return this.curves.get(`${begun} ${version}`, () => this.ask('trainingCurve', { begun }));
  }

  /** The first convolution's filters; null where there is none. */
  filters({ begun, version }: TrainingVersion): Resource<LivePicture | null> {
    return this.filterPictures.get(`${begun} ${version}`, () =>
      this.ask('trainingFilters', { begun }),
    );
  }

  /** A layer's maps of one picture. */
  maps({ begun, version }: TrainingVersion, layer: string): Resource<LivePicture | null> {
    return this.mapPictures.get(`${begun} ${version} ${layer}`, () =>
      this.ask('trainingMaps', { begun, layer }),
    );
  }

  /** Asks again for what was refused. */
  retry(): void {
    for (const cache of [
      this.costs,
      this.samples,
      this.curves,
      this.filterPictures,
      this.mapPictures,
    ])
      cache.retry();
  }
}

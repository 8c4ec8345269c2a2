import { inputSize } from '../../network/inputShape';
import type { HostMethods } from '../../protocol/panelProtocol';
import type { Handlers } from '../../protocol/rpc';
import type { TrainingSettings } from '../../protocol/training';
import type { FolderTree } from '../evaluate/labelledFolder';
import { checkSettings } from './checkSettings';
import { stepToMeasure, trainingCost } from './cost';
import type { TrainerProcess } from './trainerProcess';
import { countsOf, type TrainingPlan } from './trainingPlan';
import type { TrainingRecord } from './trainingRecord';

interface ReadsOptions {
  readonly training: (begun: number) => TrainingRecord;
  readonly plan: (record: TrainingRecord, settings: TrainingSettings) => TrainingPlan;
  readonly place: (record: TrainingRecord) => string;
  readonly process: TrainerProcess;
  readonly treeOf: (uri: string) => FolderTree;
}

type ReadMethod =
  | 'trainingCost'
  | 'augmentedSamples'
  | 'trainingCurve'
  | 'trainingFilters'
  | 'trainingMaps';

/** How many pictures are varied, and how often each. */
const [samples, views] = [3, 5];

/** What the page reads of a training. */
export function trainingReads(options: ReadsOptions): Pick<Handlers<HostMethods>, ReadMethod> {
  const { training, plan, place, process, treeOf } = options;
  return {
    trainingCost: async ({ begun, settings }) => {
      const record = training(begun);
      const planned = plan(record, settings);
      const { document } = planned;
      checkSettings(settings, document.network);
      if (record.status === 'asking') record.settings = settings;
      const counts = countsOf(planned);
      const measured = await process.measure(stepToMeasure(document, settings, counts));
      return trainingCost(document, settings, counts, measured);
    },
    augmentedSamples: ({ begun, settings }) => {
      const record = training(begun);
      const { pictures, document } = plan(record, settings);
      const tree = treeOf(record.of.uri);
      // As far from each other as they are, so that they are of different classes.
      const paths = Array.from({ length: samples }, (_, index) => {
        const { path = [] } = pictures[Math.floor((index * pictures.length) / samples)] ?? {};
        return tree.file(path).path ?? '';
      });
      const { preprocess, network } = document;
      const { augmentation, seed } = settings;
      const input = inputSize(network);
      return process.ask('augmentedViews', { paths, preprocess, input, augmentation, seed, views });
    },
    trainingCurve: ({ begun }) => [...training(begun).curve.points],
    trainingFilters: async ({ begun }) => {
      const record = training(begun);
      if (process.has(place(record)))
        record.filters = await process.ask('learnedFilters', undefined);
      return record.filters;
    },
    trainingMaps: async ({ begun, layer }) => {
      const record = training(begun);
      if (process.has(place(record))) {
        const maps = await process.ask('learnedMaps', { layer });
        if (maps) record.maps.set(layer, maps);
      }
      return record.maps.get(layer) ?? null;
    },
  };
}

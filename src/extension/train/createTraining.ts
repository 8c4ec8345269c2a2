import { Uri, type ExtensionContext } from 'vscode';
import { EngineClient, type EngineClientOptions } from '../../host/engine/engineClient';
import { trainerEnvironment } from '../../host/train/trainerProcess';
import { TrainedStore } from '../../host/train/trainedStore';
import { library } from '../../library/alexNets';

/** A training that is paused lets go of its memory after so long. */
const idleMilliseconds = 60_000;

/** What trainings need of this machine: a process of their own, and places on its disk. */
export interface TrainingPlaces {
  readonly trainerEngine: EngineClient;
  readonly trainingStorage: string;
  readonly trained: TrainedStore;
}

/** The networks that were trained on this machine. */
export function trainedStore({ globalStorageUri }: ExtensionContext): TrainedStore {
  return new TrainedStore(at(globalStorageUri, 'trained'), (id) =>
    library.find((document) => document.id === id),
  );
}

export function trainingPlaces(
  { globalStorageUri }: ExtensionContext,
  { bundle, addon, settings }: EngineClientOptions,
  trained: TrainedStore,
): TrainingPlaces {
  return {
    trainerEngine: new EngineClient({
      bundle,
      addon,
      settings: () => ({ ...settings(), idleMilliseconds }),
      environment: trainerEnvironment,
    }),
    trainingStorage: at(globalStorageUri, 'training'),
    trained,
  };
}

function at(folder: Uri, name: string): string {
  return Uri.joinPath(folder, name).fsPath;
}

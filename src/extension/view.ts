import type { Disposable, ExtensionContext, Memento } from 'vscode';
import type { Documents } from '../host/documents';
import type { EngineClient, EngineClientOptions } from '../host/engine/engineClient';
import type { OpenedModels } from '../host/models/openedModels';
import type { PreprocessChoices } from '../host/session/preprocessChoices';
import { Session } from '../host/session/session';
import { TaskQueue } from '../host/task/taskQueue';
import type { WorkspaceMemory } from '../host/upToDate/picturesMemory';
import type { WeightsChoice } from '../host/weights/weightsChoice';
import type { FileReadings } from '../host/weights/fileReadings';
import type { TrainedStore } from '../host/train/trainedStore';
import type { PanelState } from '../protocol/panelProtocol';
import { Inspector } from './inspector';
import type { NativeEngine } from './install/nativeEngine';
import type { InspectorPanel } from './panel/inspectorPanel';
import { showError } from './say/messages';
import { showProgress } from './say/progress';
import { unawaited } from './say/unawaited';
import { trainingPlaces } from './train/createTraining';
import { createWeights, shippedWeights } from './weights/createWeights';

/** What the views of a window have in common. */
export interface CommonParts {
  readonly context: ExtensionContext;
  readonly ways: EngineClientOptions;
  readonly documents: Documents;
  readonly readings: FileReadings;
  readonly trained: TrainedStore;
  readonly preprocessing: PreprocessChoices;
  readonly native: Pick<NativeEngine, 'canInstall' | 'install'>;
  readonly onDownloads: Parameters<typeof createWeights>[0]['onDownloads'];
  readonly models: OpenedModels;
}

interface ViewOptions {
  /** The document that is shown first. */
  readonly documentId: string;
  /** Its own process: what one view does ends nothing in another. */
  readonly engine: EngineClient;
  /** Set before the names of what is kept for this view in the workspace; '' for the view that every window has. */
  readonly memoryPrefix: string;
  /** Whether its panel is opened anew where it is closed. */
  readonly reopens: boolean;
  readonly rememberDocument: (documentId: string) => void;
  readonly onState: (change: Partial<PanelState>) => void;
  /** A person went into its panel. */
  readonly onActive: () => void;
}

/** A panel and all that works for it: its engine, its session, what a person does there. */
export interface View extends Disposable {
  readonly inspector: Inspector;
  readonly session: Session;
  readonly engine: EngineClient;
  readonly tasks: TaskQueue;
  readonly chooser: ReturnType<typeof createWeights>['chooser'];
  readonly weights: Pick<ReturnType<typeof createWeights>, 'start' | 'restore' | 'follow'>;
}

export function createView(common: CommonParts, options: ViewOptions): View {
  const { context, documents, trained, preprocessing, ways, models } = common;
  const { engine, documentId } = options;
  const { extensionUri, workspaceState } = context;
  const tasks = createTasks(() => inspector.panel);
  const { store, standard } = shippedWeights(context, trained);
  const begins = (id: string): WeightsChoice => models.choiceOf(id) ?? standard(id);
  const session = new Session(engine, tasks, documents, documentId, begins, common.readings);
  const { chooser, remember, ...weights } = createWeights({
    ...{ context, store, session },
    inspector: () => inspector,
    onDownloads: common.onDownloads,
  });
  const training = trainingPlaces(context, ways, trained);
  const inspector: Inspector = new Inspector({
    ...{ extensionUri, engine, session, tasks, preprocessing, native: common.native, ...training },
    models,
    memory: memoryOf(workspaceState, options.memoryPrefix),
    weights: chooser,
    rememberWeights: (id, choice) => unawaited(remember(id, choice)),
    ...options,
  });
  const owned: readonly Disposable[] = [inspector, engine, session, tasks, chooser];
  const dispose = (): void => owned.forEach((each) => void each.dispose());
  return { inspector, session, engine, tasks, chooser, weights, dispose };
}

function createTasks(panel: () => InspectorPanel): TaskQueue {
  return new TaskQueue({
    get visible() {
      return panel().visible;
    },
    update: (change) => panel().update(change),
    showError,
    showProgress,
  });
}

function memoryOf(workspaceState: Memento, prefix: string): WorkspaceMemory {
  return {
    get: (key) => workspaceState.get(prefix + key),
    update: (key, value) => unawaited(workspaceState.update(prefix + key, value)),
  };
}

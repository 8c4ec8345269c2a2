import type { ConfigurationChangeEvent, Disposable, ExtensionContext, Memento } from 'vscode';
import { Uri, window, workspace } from 'vscode';
import type { AlexNetInspectorApi } from '../../alexnet-inspector';
import { library } from '../library/alexNets';
import { createApi } from './api';
import { registerCommands } from './commands';
import { ContextKeys } from './say/contextKeys';
import { stateKeys } from '../host/commandKeys';
import { followRenames } from './files/renames';
import { EngineClient, type AddonChoice } from '../host/engine/engineClient';
import { Documents } from '../host/documents';
import { describeError } from '../host/errors';
import { findAddon } from '../host/native/findAddon';
import { Inspector } from './inspector';
import { logTo } from '../host/log';
import { log } from './say/log';
import { NativeEngine } from './install/nativeEngine';
import { nativePlaces } from '../host/native/nativePlaces';
import { panelType, type InspectorPanel } from './panel/inspectorPanel';
import { PreprocessChoices } from '../host/session/preprocessChoices';
import { TaskQueue } from '../host/task/taskQueue';
import { showError } from './say/messages';
import { showProgress } from './say/progress';
import { createSidebar } from './sidebar/sidebar';
import { Session } from '../host/session/session';
import type { WorkspaceMemory } from '../host/upToDate/picturesMemory';
import { readSettings } from './settings';
import { unawaited } from './say/unawaited';
import type { TrainedStore } from '../host/train/trainedStore';
import { createTraining } from './train/createTraining';
import { workspaceFiles } from './files/workspaceFiles';
import { FileAnswers } from '../host/weights/fileAnswers';
import { FileNetworks } from '../host/weights/fileNetworks';
import { FileReadings } from '../host/weights/fileReadings';
import { createWeights, shippedWeights } from './weights/createWeights';

/** Where the person's own choice of document is kept, for this workspace. */
const documentKey = 'alexnet.variant';
/** Where the steps of preprocessing are kept that the person changed, for this workspace. */
const preprocessKey = 'alexnet.preprocess';

export function activate(context: ExtensionContext): AlexNetInspectorApi {
  const { extensionUri, subscriptions, workspaceState } = context;
  logTo(log);
  const bundle = Uri.joinPath(extensionUri, 'dist', 'engine.js').fsPath;
  const addon = (): AddonChoice => addonFor(context);
  const ways = { bundle, addon, settings: readSettings };
  const engine = new EngineClient(ways);
  const training = createTraining(context, ways);
  const keys = new ContextKeys();
  const onNative = keys.follow('alexnet.native');
  const folder = context.globalStorageUri.fsPath;
  const native = new NativeEngine({ engine, bundle, folder, onChange: onNative });
  const { documents, readings } = documentsOf(training.trained, workspaceState, keys);
  const chosen = keptDocument(documents, workspaceState);
  const first = chosen ?? readSettings().documentId;
  const tasks = createTasks(() => inspector.panel);
  const { store, standard } = shippedWeights(context, training.trained);
  const session = new Session(engine, tasks, documents, first, standard, readings);
  const preprocessing = rememberedPreprocess(documents, workspaceState);
  const weights = createWeights({
    context,
    store,
    session,
    inspector: () => inspector,
    onDownloads: keys.follow('alexnet.downloads'),
  });
  const inspector: Inspector = new Inspector({
    extensionUri,
    engine,
    session,
    tasks,
    preprocessing,
    native,
    ...training,
    memory: memoryOf(workspaceState),
    weights: weights.chooser,
    rememberDocument: (documentId) => rememberDocument(workspaceState, documentId, first),
    rememberWeights: (documentId, choice) => unawaited(weights.remember(documentId, choice)),
    onState: (change) => keys.set(stateKeys(change)),
  });
  const parts = { inspector, session, engine, tasks };
  const sidebar = createSidebar({ ...parts, context, keys, chooser: weights.chooser });
  weights.start(chosen);
  subscriptions.push(
    log,
    engine,
    session,
    documents,
    tasks,
    inspector,
    native,
    weights.chooser,
    sidebar,
    ...registerCommands({ ...parts, native, chooser: weights.chooser, sidebar }),
    followRenames(inspector, sidebar.recent),
    bringBackPanel(inspector.panel, () => sidebar.status.used()),
    workspace.onDidChangeConfiguration(followSettings({ session, engine, addon, weights })),
  );
  return createApi(parts);
}

function keptDocument(documents: Documents, workspaceState: Memento): string | undefined {
  const kept = workspaceState.get(documentKey);
  return documents.has(kept) ? kept : undefined;
}

function addonFor({ extensionPath, globalStorageUri }: ExtensionContext): AddonChoice {
  const { libraryPath } = readSettings();
  const { addon: installed } = nativePlaces(globalStorageUri.fsPath);
  return findAddon({ libraryPath, installed, extensionPath });
}

/**
 * Those that come with the extension, those that were trained here, and those that files of weights brought, with what is
 * kept of such files; commands about what is no part of the extension are offered where there is some.
 */
function documentsOf(trained: TrainedStore, workspaceState: Memento, keys: ContextKeys) {
  const answers = new FileAnswers(workspaceState, (file) => workspaceFiles.stamp(file));
  const inLibrary = (id: string) => library.find((document) => document.id === id);
  const networks = new FileNetworks(workspaceState, inLibrary);
  const own = trained.list().map(({ document }) => document);
  const documents = new Documents([...library, ...own, ...networks.list()]);
  const look = (): void => {
    const isOwn = documents.all.some(({ origin }) => 'base' in origin);
    keys.set({ 'alexnet.trained': isOwn ? 'some' : 'none' });
  };
  documents.onDidChange(look);
  look();
  return { documents, readings: new FileReadings(documents, { answers, networks }) };
}

/** Keeps a person's choice for the workspace; other changes than from what was shown are none. */
function rememberDocument(workspaceState: Memento, documentId: string, first: string): void {
  if (documentId === workspaceState.get(documentKey, first)) return;
  unawaited(workspaceState.update(documentKey, documentId));
}

function memoryOf(workspaceState: Memento): WorkspaceMemory {
  return {
    get: (key) => workspaceState.get(key),
    update: (key, value) => unawaited(workspaceState.update(key, value)),
  };
}

/** What changes with a setting. */
interface Followers {
  readonly session: Session;
  readonly engine: EngineClient;
  readonly addon: () => AddonChoice;
  readonly weights: ReturnType<typeof createWeights>;
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

/** VS Code hands over the panel of an earlier window. */
function bringBackPanel(panel: InspectorPanel, onBack: () => void): Disposable {
  return window.registerWebviewPanelSerializer(panelType, {
    deserializeWebviewPanel: (webviewPanel) => {
      panel.adopt(webviewPanel);
      onBack();
      return Promise.resolve();
    },
  });
}

function rememberedPreprocess(documents: Documents, workspaceState: Memento): PreprocessChoices {
  return new PreprocessChoices({
    documents,
    kept: workspaceState.get(preprocessKey),
    keep: (choices) => unawaited(workspaceState.update(preprocessKey, choices)),
    warn: (why) => log.warn(why),
  });
}

function followSettings({
  session,
  engine,
  addon,
  weights,
}: Followers): (event: ConfigurationChangeEvent) => void {
  return (event) => {
    unawaited(weights.follow(event));
    if (event.affectsConfiguration('alexnet.variant'))
      session.showDocument(readSettings().documentId);
    if (event.affectsConfiguration('alexnet.engine.backend')) engine.stop();
    if (event.affectsConfiguration('alexnet.engine.libraryPath')) {
      engine.stop();
      warnOf(addon());
    }
  };
}

/** A wrong path is said at once, not only when the engine starts. */
function warnOf(addon: AddonChoice): void {
  if (!('why' in addon) || readSettings().libraryPath === '') return;
  unawaited(window.showWarningMessage(describeError(addon.why)));
}

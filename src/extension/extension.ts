import type { ConfigurationChangeEvent, Disposable, ExtensionContext, Memento } from 'vscode';
import { Uri, window, workspace } from 'vscode';
import type { AlexNetInspectorApi } from '../../alexnet-inspector';
import { library } from '../library/alexNets';
import { createApi } from './api';
import { registerCommands } from './commands';
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
import { Session } from '../host/session/session';
import { readSettings } from './settings';
import { unawaited } from './say/unawaited';
import { createWeights } from './weights/createWeights';

/** Where the person's own choice of document is kept, for this workspace. */
const documentKey = 'alexnet.variant';
/** Where the steps of preprocessing are kept that the person changed, for this workspace. */
const preprocessKey = 'alexnet.preprocess';

export function activate(context: ExtensionContext): AlexNetInspectorApi {
  const { extensionUri, extensionPath, globalStorageUri, subscriptions, workspaceState } = context;
  logTo(log);
  const bundle = Uri.joinPath(extensionUri, 'dist', 'engine.js').fsPath;
  const addon = (): AddonChoice =>
    findAddon({
      libraryPath: readSettings().libraryPath,
      installed: nativePlaces(globalStorageUri.fsPath).addon,
      extensionPath,
    });
  const engine = new EngineClient({ bundle, addon, settings: readSettings });
  const native = new NativeEngine({ engine, bundle, folder: globalStorageUri.fsPath });
  const documents = new Documents(library);
  const kept = workspaceState.get(documentKey);
  const chosen = documents.has(kept) ? kept : undefined;
  const first = chosen ?? readSettings().documentId;
  const tasks = createTasks(() => inspector.panel);
  const session = new Session(engine, tasks, documents, first);
  const preprocessing = rememberedPreprocess(documents, workspaceState);
  const weights = createWeights({
    context,
    session,
    load: (choice) => inspector.loadWeights(choice),
    loadFile: () => inspector.loadChosenWeights(),
    reclassify: () => inspector.reclassify(),
  });
  const inspector: Inspector = new Inspector({
    extensionUri,
    engine,
    session,
    tasks,
    preprocessing,
    weights: weights.chooser,
    rememberDocument: (documentId) => {
      // Other changes are no choice of a document.
      if (documentId === workspaceState.get(documentKey, first)) return;
      unawaited(workspaceState.update(documentKey, documentId));
    },
    rememberWeights: (documentId, choice) => unawaited(weights.remember(documentId, choice)),
  });
  const parts = { inspector, session, engine, tasks };
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
    ...registerCommands({ ...parts, native, chooser: weights.chooser }),
    bringBackPanel(inspector.panel),
    workspace.onDidChangeConfiguration((event) => {
      unawaited(weights.follow(event));
      followSettings(event, { session, engine, addon });
    }),
  );
  return createApi(parts);
}

/** What changes with a setting. */
interface Followers {
  readonly session: Session;
  readonly engine: EngineClient;
  readonly addon: () => AddonChoice;
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
function bringBackPanel(panel: InspectorPanel): Disposable {
  return window.registerWebviewPanelSerializer(panelType, {
    deserializeWebviewPanel: (webviewPanel) => {
      panel.adopt(webviewPanel);
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

function followSettings(
  event: ConfigurationChangeEvent,
  { session, engine, addon }: Followers,
): void {
  if (event.affectsConfiguration('alexnet.variant'))
    session.showDocument(readSettings().documentId);
  if (event.affectsConfiguration('alexnet.engine.backend')) engine.stop();
  if (event.affectsConfiguration('alexnet.engine.libraryPath')) {
    engine.stop();
    warnOf(addon());
  }
}

/** A wrong path is said at once, not only when the engine starts. */
function warnOf(addon: AddonChoice): void {
  if (!('why' in addon) || readSettings().libraryPath === '') return;
  unawaited(window.showWarningMessage(describeError(addon.why)));
}

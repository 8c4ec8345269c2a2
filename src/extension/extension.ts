import type { ConfigurationChangeEvent, Disposable, ExtensionContext, Memento } from 'vscode';
import { Uri, window, workspace } from 'vscode';
import type { AlexNetInspectorApi } from '../../alexnet-inspector';
import { library } from '../library/alexNets';
import { createApi } from './api';
import { registerCommands } from './commands';
import { ContextKeys } from './say/contextKeys';
import { followRenames } from './files/renames';
import { EngineClient, type AddonChoice } from '../host/engine/engineClient';
import { Documents } from '../host/documents';
import { describeError } from '../host/errors';
import { findAddon } from '../host/native/findAddon';
import { logTo } from '../host/log';
import { log } from './say/log';
import { NativeEngine } from './install/nativeEngine';
import type { FileRef } from '../host/fileRef';
import { modelAnswers } from '../host/models/modelAnswers';
import { OpenedModels } from '../host/models/openedModels';
import { registerModelEditors, type ModelEditorOptions } from './models/modelEditor';
import { panelType, type InspectorPanel } from './panel/inspectorPanel';
import { showRemark } from './say/messages';
import { trainedStore } from './train/createTraining';
import { Views } from './views';
import { nativePlaces } from '../host/native/nativePlaces';
import { PreprocessChoices } from '../host/session/preprocessChoices';
import { createSidebar } from './sidebar/sidebar';
import { readSettings } from './settings';
import { unawaited } from './say/unawaited';
import type { TrainedStore } from '../host/train/trainedStore';
import { workspaceFiles } from './files/workspaceFiles';
import { FileAnswers } from '../host/weights/fileAnswers';
import { FileNetworks } from '../host/weights/fileNetworks';
import { FileReadings } from '../host/weights/fileReadings';

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
  const newEngine = (): EngineClient => new EngineClient(ways);
  const engine = newEngine();
  const trained = trainedStore(context);
  const keys = new ContextKeys();
  const onNative = keys.follow('alexnet.native');
  const folder = context.globalStorageUri.fsPath;
  const native = new NativeEngine({ engine, bundle, folder, onChange: onNative });
  const { documents, readings } = documentsOf(trained, workspaceState, keys);
  const stampOf = (file: FileRef) => workspaceFiles.stamp(file);
  const models = new OpenedModels(documents, modelAnswers(workspaceState, stampOf));
  const preprocessing = rememberedPreprocess(documents, workspaceState, models);
  const onDownloads = keys.follow('alexnet.downloads');
  const common = { context, ways, documents, readings, trained, preprocessing, models, native };
  const chosen = keptDocument(documents, workspaceState);
  const first = chosen ?? readSettings().documentId;
  const views = new Views({ ...common, onDownloads }, keys, {
    engine,
    documentId: first,
    rememberDocument: (documentId) => rememberDocument(workspaceState, documentId, first),
  });
  const { main } = views;
  const sidebar = createSidebar({ ...main, context, keys });
  main.weights.start(chosen);
  subscriptions.push(
    log,
    documents,
    models,
    views,
    native,
    sidebar,
    ...registerCommands({ views, native, sidebar }),
    followRenames(views, sidebar.recent),
    bringBackPanel(main.inspector.panel, () => sidebar.status.used()),
    ...registerModelEditors(modelEditors(views, models, { extensionUri, newEngine })),
    workspace.onDidChangeConfiguration(followSettings(views, addon)),
  );
  return createApi({ ...main, models });
}

function modelEditors(
  views: Views,
  models: OpenedModels,
  surroundings: Pick<ModelEditorOptions, 'extensionUri' | 'newEngine'>,
): ModelEditorOptions {
  return {
    ...surroundings,
    models,
    openView: (documentId, engine) => {
      const view = views.openModel(documentId, engine);
      return {
        adopt: (panel, messages) => view.inspector.panel.adopt(panel, messages),
        dispose: () => views.closeModel(view),
      };
    },
    onOpened: ({ document, remarks }) =>
      remarks.forEach((remark) => showRemark(document.title, remark, {})),
    // Another view may show it still.
    onClosed: (id) => {
      if (views.all.every(({ session }) => session.documentId !== id)) models.close(id);
    },
  };
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

function rememberedPreprocess(
  documents: Documents,
  workspaceState: Memento,
  models: OpenedModels,
): PreprocessChoices {
  return new PreprocessChoices({
    documents,
    kept: workspaceState.get(preprocessKey),
    keep: (choices) => unawaited(workspaceState.update(preprocessKey, choices)),
    warn: (why) => log.warn(why),
    ofFiles: {
      partsOf: (id) => models.partsOf(id),
      keepParts: (id, parts) => unawaited(models.keepParts(id, parts)),
    },
  });
}

function followSettings(
  views: Views,
  addon: () => AddonChoice,
): (event: ConfigurationChangeEvent) => void {
  return (event) => {
    views.followSetting(event);
    if (event.affectsConfiguration('alexnet.variant'))
      views.main.session.showDocument(readSettings().documentId);
    if (event.affectsConfiguration('alexnet.engine.libraryPath')) warnOf(addon());
  };
}

/** A wrong path is said at once, not only when the engine starts. */
function warnOf(addon: AddonChoice): void {
  if (!('why' in addon) || readSettings().libraryPath === '') return;
  unawaited(window.showWarningMessage(describeError(addon.why)));
}

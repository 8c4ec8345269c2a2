import type { ExtensionContext } from 'vscode';
import { Uri, window, workspace } from 'vscode';
import type { AlexNetInspectorApi } from '../../alexnet-inspector';
import type { VariantId } from '../network/variants/variant';
import { isVariantId } from '../network/variants/variants';
import { createApi } from './api';
import { registerCommands } from './commands';
import { EngineClient } from './engine/engineClient';
import { describeError } from './describeError';
import type { AddonChoice } from './engine/findAddon';
import { findAddon } from './engine/findAddon';
import { Inspector } from './inspector';
import { log } from './log';
import { NativeEngine } from './native/nativeEngine';
import { nativePlaces } from './native/nativePlaces';
import { panelType } from './panel/inspectorPanel';
import { PreprocessChoices } from './preprocessChoices';
import { Session } from './session';
import { readSettings } from './settings';

/** Where the person's own choice of variant is kept, for this workspace. */
const variantKey = 'alexnet.variant';
/** Where the steps of preprocessing are kept that the person changed, for this workspace. */
const preprocessKey = 'alexnet.preprocess';

export function activate(context: ExtensionContext): AlexNetInspectorApi {
  const { extensionUri, extensionPath, globalStorageUri, subscriptions, workspaceState } = context;
  const bundle = Uri.joinPath(extensionUri, 'dist', 'engine.js').fsPath;
  const addon = (): AddonChoice =>
    findAddon({
      libraryPath: readSettings().libraryPath,
      installed: nativePlaces(globalStorageUri.fsPath).addon,
      extensionPath,
    });
  const engine = new EngineClient({
    bundle,
    addon,
    settings: readSettings,
  });
  const native = new NativeEngine({ engine, bundle, folder: globalStorageUri.fsPath });
  const chosen = workspaceState.get(variantKey);
  const session = new Session(engine, isVariantId(chosen) ? chosen : readSettings().variant);
  const keep = (key: string, value: unknown): void => {
    workspaceState.update(key, value).then(undefined, (error: unknown) => log.error(String(error)));
  };
  const preprocessing = new PreprocessChoices({
    kept: workspaceState.get(preprocessKey),
    keep: (choices) => keep(preprocessKey, choices),
    warn: (why) => log.warn(why),
  });
  const rememberVariant = (variant: VariantId): void => keep(variantKey, variant);
  const inspector = new Inspector({
    extensionUri,
    engine,
    session,
    preprocessing,
    rememberVariant,
  });
  const parts = { inspector, session, engine };
  subscriptions.push(
    log,
    engine,
    session,
    inspector,
    native,
    ...registerCommands({ ...parts, native }),
    window.registerWebviewPanelSerializer(panelType, {
      deserializeWebviewPanel: (panel) => {
        inspector.panel.adopt(panel);
        return Promise.resolve();
      },
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('alexnet.variant'))
        session.showVariant(readSettings().variant);
      if (event.affectsConfiguration('alexnet.engine.backend')) engine.stop();
      if (event.affectsConfiguration('alexnet.engine.libraryPath')) {
        engine.stop();
        warnOf(addon());
      }
    }),
  );
  return createApi(parts);
}

/** A wrong path is said at once, not only when the engine starts. */
function warnOf(addon: AddonChoice): void {
  if (!('why' in addon) || readSettings().libraryPath === '') return;
  window
    .showWarningMessage(describeError(addon.why))
    .then(undefined, (error: unknown) => log.error(String(error)));
}

import type { Disposable } from 'vscode';
import { Uri, commands, window } from 'vscode';
import { fileRef } from './files/fileRef';
import { chooseDocument } from './pick/choose';
import { describeError } from '../host/errors';
import type { EngineClient } from '../host/engine/engineClient';
import type { Inspector } from './inspector';
import { log } from './say/log';
import type { NativeEngine } from './install/nativeEngine';
import type { Session } from '../host/session/session';
import type { WeightsChooser } from './weights/weightsChooser';
import { randomChoice } from '../host/weights/weightsChoice';

interface CommandContext {
  readonly inspector: Inspector;
  readonly session: Session;
  readonly engine: EngineClient;
  readonly native: NativeEngine;
  readonly chooser: WeightsChooser;
}

/** Every command of package.json, by name. */
function commandTable({ inspector, session, engine, native, chooser }: CommandContext) {
  return {
    'alexnet.showArchitecture': () => inspector.showArchitecture(),
    'alexnet.classifyImage': async (clicked?: unknown, selected?: unknown) => {
      const files = pictureUris(clicked, selected).map(fileRef);
      const run = await (files.length > 0 ? inspector.classify(files) : inspector.classifyChosen());
      return run?.view.runId;
    },
    'alexnet.compareImages': (clicked?: unknown, selected?: unknown) =>
      inspector.compareImages(pictureUris(clicked, selected).map(fileRef)),
    'alexnet.compareWith': () => inspector.compareWith(),
    'alexnet.endComparison': () => inspector.endComparison(),
    'alexnet.classifyFolder': async (clicked?: unknown, selected?: unknown) => {
      const given = Array.isArray(selected) && selected.length > 0 ? selected : [clicked];
      const run = await inspector.classifyFolders(given.filter((item) => item instanceof Uri));
      return run?.view.runId;
    },
    'alexnet.nextPicture': () => inspector.stepPicture(1),
    'alexnet.previousPicture': () => inspector.stepPicture(-1),
    'alexnet.selectVariant': async () => {
      const documentId = await chooseDocument(session.documents.all, session.documentId);
      if (!documentId) return;
      inspector.selectDocument(documentId);
      await inspector.showArchitecture();
    },
    'alexnet.loadWeights': (uri?: unknown) =>
      uri instanceof Uri
        ? inspector.loadWeights({ kind: 'file', file: fileRef(uri) })
        : inspector.loadChosenWeights(),
    'alexnet.chooseWeights': (id?: unknown) =>
      chooser.choose(typeof id === 'string' ? id : undefined),
    'alexnet.removeDownloadedWeights': () => chooser.remove(),
    'alexnet.saveWeights': (uri?: unknown) =>
      inspector.saveWeights(uri instanceof Uri ? uri : undefined),
    'alexnet.useRandomWeights': () => inspector.loadWeights(randomChoice),
    'alexnet.exportLayerTable': (target?: unknown) =>
      explained(() => inspector.exporter.table(givenUri(target))),
    'alexnet.exportGraph': (target?: unknown) =>
      explained(() => inspector.exporter.graph(givenUri(target))),
    'alexnet.exportActivation': (target?: unknown, layer?: unknown, channel?: unknown) =>
      explained(() =>
        inspector.exporter.lastActivation(
          givenUri(target),
          typeof layer === 'string' ? layer : undefined,
          typeof channel === 'number' ? channel : undefined,
        ),
      ),
    'alexnet.restartEngine': () => engine.stop(),
    'alexnet.installNativeEngine': () => native.install(),
    'alexnet.removeNativeEngine': () => native.remove(),
    'alexnet.showLog': () => log.show(),
  };
}

export function registerCommands(context: CommandContext): readonly Disposable[] {
  return Object.entries(commandTable(context)).map(([name, run]) =>
    commands.registerCommand(name, run),
  );
}

function givenUri(argument: unknown): Uri | undefined {
  return argument instanceof Uri ? argument : undefined;
}

/** VS Code shows what a command throws: it should read as a sentence. */
async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Error(describeError(error), { cause: error });
  }
}

/** What a menu hands over: the Explorer gives the clicked and all selected, an editor's title its own, the palette none. */
function pictureUris(clicked: unknown, selected: unknown): readonly Uri[] {
  if (Array.isArray(selected) && selected.length > 0) {
    return selected.filter((item): item is Uri => item instanceof Uri);
  }
  // A click on a title bar right after a change of tabs may still name the panel that was there.
  if (clicked instanceof Uri && clicked.scheme !== 'webview-panel') return [clicked];
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return isImagePreview(input) ? [input.uri] : [];
}

function isImagePreview(input: unknown): input is { readonly uri: Uri } {
  const tab = input as { viewType?: unknown; uri?: unknown } | undefined;
  return tab?.viewType === 'imagePreview.previewEditor' && tab.uri instanceof Uri;
}

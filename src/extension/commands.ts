import type { Disposable } from 'vscode';
import { Uri, commands, window } from 'vscode';
import { fileRef } from './files/fileRef';
import { openModel } from './models/modelEditor';
import { chooseDocument, chooseModelFile } from './pick/choose';
import { givenFramework } from './export/networkExporter';
import { describeError } from '../host/errors';
import type { Inspector } from './inspector';
import { log } from './say/log';
import type { NativeEngine } from './install/nativeEngine';
import { rowCommands } from './rowCommands';
import type { Sidebar } from './sidebar/sidebar';
import type { Views } from './views';
import { randomChoice } from '../host/weights/weightsChoice';

interface CommandContext {
  readonly views: Views;
  readonly native: NativeEngine;
  readonly sidebar: Pick<Sidebar, 'recent' | 'milestones'>;
}

/** What the palette asks a file for and a menu already has one for: VS Code gives a command one title, with an ellipsis or without. */
function fileCommands(inspector: Inspector) {
  const takeKeyboard = (): void => inspector.takeKeyboard();
  return {
    classify: async (clicked?: unknown, selected?: unknown) => {
      const files = pictureUris(clicked, selected).map(fileRef);
      if (isMenu(selected)) takeKeyboard();
      const run = await (files.length > 0
        ? inspector.classify(files)
        : inspector.sources.chosen(takeKeyboard));
      return run?.view.runId;
    },
    classifyFolders: async (clicked?: unknown, selected?: unknown) => {
      const given = Array.isArray(selected) && selected.length > 0 ? selected : [clicked];
      if (isMenu(selected)) takeKeyboard();
      const run = await inspector.sources.folders(given.filter((item) => item instanceof Uri));
      return run?.view.runId;
    },
    evaluate: (folder?: unknown, selected?: unknown) => {
      const given = givenUri(folder);
      const isPerson = given === undefined || isMenu(selected);
      return inspector.evaluations.evaluate(given, isPerson ? takeKeyboard : undefined);
    },
    loadWeights: (uri?: unknown) =>
      uri instanceof Uri
        ? inspector.weights.load({ kind: 'file', file: fileRef(uri) })
        : inspector.weights.loadChosen(),
  };
}

/** Only menus say what else is selected, or where they are: a person goes on in the panel then, a script's person does not. */
function isMenu(selected: unknown): boolean {
  return selected !== undefined;
}

/** Opens a model's file in an editor of its own; asks for one where none is given. */
async function openModelOf(given?: unknown): Promise<void> {
  const uri = givenUri(given) ?? (await chooseModelFile());
  if (uri) await openModel(uri);
}

function trainCommands(inspector: Inspector) {
  const train = (folder?: unknown, selected?: unknown): Promise<void> => {
    const given = givenUri(folder);
    const isPerson = given === undefined || isMenu(selected);
    return inspector.trainings.train(given, isPerson ? () => inspector.takeKeyboard() : undefined);
  };
  return {
    'alexnet.train': train,
    'alexnet.trainSelected': train,
    'alexnet.removeTrainedNetwork': () => inspector.trainings.remove(),
  };
}

function exportCommands(exporter: Inspector['exporter']) {
  return {
    'alexnet.exportLayerTable': (target?: unknown) =>
      explained(() => exporter.table(givenUri(target))),
    'alexnet.exportGraph': (target?: unknown) => explained(() => exporter.graph(givenUri(target))),
    'alexnet.exportActivation': (target?: unknown, layer?: unknown, channel?: unknown) =>
      explained(() =>
        exporter.lastActivation(
          givenUri(target),
          typeof layer === 'string' ? layer : undefined,
          typeof channel === 'number' ? channel : undefined,
        ),
      ),
    'alexnet.exportNetwork': (target?: unknown) =>
      explained(() => exporter.network.json(givenUri(target))),
    'alexnet.exportCode': (target?: unknown, framework?: unknown) =>
      explained(() => exporter.network.code(givenUri(target), givenFramework(framework))),
    'alexnet.exportEvaluation': (target?: unknown) =>
      explained(() => exporter.evaluation(givenUri(target))),
  };
}

/** Every command of package.json, by name: what it does in the view that a person was in last. */
function commandTable({ views, native, sidebar }: CommandContext) {
  const { inspector, session, chooser } = views.active;
  const { main } = views;
  const { classify, classifyFolders, evaluate, loadWeights } = fileCommands(inspector);
  return {
    'alexnet.showArchitecture': () => main.inspector.showArchitecture(),
    'alexnet.openModel': openModelOf,
    'alexnet.openSelectedModel': openModelOf,
    'alexnet.chooseLabels': (uri?: unknown) => inspector.models.chooseLabels(givenUri(uri)),
    'alexnet.chooseInputSize': () => inspector.models.chooseSize(),
    'alexnet.classifyImage': classify,
    'alexnet.classifySelected': classify,
    'alexnet.compareImages': (clicked?: unknown, selected?: unknown) => {
      if (isMenu(selected)) inspector.takeKeyboard();
      return inspector.comparing.images(pictureUris(clicked, selected).map(fileRef));
    },
    'alexnet.compareWith': () => inspector.comparing.with(),
    'alexnet.endComparison': () => inspector.comparing.end(),
    'alexnet.explain': () => inspector.panel.showExplanation(),
    'alexnet.classifyFolder': classifyFolders,
    'alexnet.classifySelectedFolders': classifyFolders,
    'alexnet.nextPicture': () => explained(() => inspector.stepPicture(1)),
    'alexnet.previousPicture': () => explained(() => inspector.stepPicture(-1)),
    'alexnet.selectVariant': async (id?: unknown) => {
      const isGiven = typeof id === 'string';
      const { all } = session.documents;
      const documentId = isGiven ? id : await chooseDocument(all, main.session.documentId);
      if (documentId === undefined) return;
      main.inspector.selectDocument(documentId);
      await main.inspector.showArchitecture({ preserveFocus: isGiven });
    },
    'alexnet.loadWeights': loadWeights,
    'alexnet.loadSelectedWeights': loadWeights,
    'alexnet.chooseWeights': (id?: unknown) =>
      chooser.choose(typeof id === 'string' ? id : undefined),
    'alexnet.removeDownloadedWeights': () => chooser.remove(),
    'alexnet.saveWeights': (uri?: unknown) =>
      inspector.weights.save(uri instanceof Uri ? uri : undefined),
    'alexnet.useRandomWeights': () => inspector.weights.load(randomChoice),
    ...exportCommands(inspector.exporter),
    'alexnet.evaluate': evaluate,
    'alexnet.evaluateSelected': evaluate,
    'alexnet.stopEvaluation': () => inspector.evaluations.evaluator.stop(),
    ...trainCommands(inspector),
    'alexnet.restartEngine': () => inspector.upToDate.restartEngine(),
    'alexnet.startOver': () => inspector.startOver(),
    'alexnet.installNativeEngine': () => native.install(),
    'alexnet.removeNativeEngine': () => native.remove(),
    'alexnet.showLog': () => log.show(),
    ...rowCommands({ ...main, sidebar }),
  };
}

export function registerCommands(context: CommandContext): readonly Disposable[] {
  const names = Object.keys(commandTable(context)) as (keyof ReturnType<typeof commandTable>)[];
  return names.map((name) =>
    commands.registerCommand(name, (...given: unknown[]) => {
      const run: (...given: unknown[]) => unknown = commandTable(context)[name];
      return run(...given);
    }),
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

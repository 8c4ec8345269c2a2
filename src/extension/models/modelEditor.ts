import type {
  CustomDocument,
  CustomReadonlyEditorProvider,
  Disposable,
  Event,
  Uri,
  WebviewPanel,
} from 'vscode';
import { commands, window } from 'vscode';
import type { EngineClient } from '../../host/engine/engineClient';
import { describeError } from '../../host/errors';
import type { OpenedModels } from '../../host/models/openedModels';
import type { OpenedModel } from '../../protocol/modelCalls';
import type { Message } from '../../protocol/rpc';
import { fileRef } from '../files/fileRef';
import { workspaceFiles } from '../files/workspaceFiles';
import { log } from '../say/log';
import { unawaited } from '../say/unawaited';
import { EarlyPage } from './earlyPage';
import { failurePage, type FailurePage } from './failurePage';

/** Editors of package.json: `modelEditor` opens files that are nothing but models, `otherModelEditor` is chosen for others. */
const modelEditor = 'alexnet.model';
const otherModelEditor = 'alexnet.otherModel';

/** Opens a model's file in the editor that is offered for one of its name. */
export async function openModel(uri: Uri): Promise<void> {
  const editor = /\.(keras|onnx)$/i.test(uri.path) ? modelEditor : otherModelEditor;
  await commands.executeCommand('vscode.openWith', uri, editor);
}

/** The view that an editor shows its model in. */
export interface ModelView {
  adopt(panel: WebviewPanel, messages: Event<Message>): void;
  dispose(): void;
}

export interface ModelEditorOptions {
  readonly extensionUri: Uri;
  readonly models: OpenedModels;
  readonly newEngine: () => EngineClient;
  /** Makes a view of a model that was read with `engine`, which is the view's from then on. */
  readonly openView: (documentId: string, engine: EngineClient) => ModelView;
  /** Tells a person what is to be known of a model. */
  readonly onOpened: (model: OpenedModel) => void;
  /** No editor has it any more. */
  readonly onClosed: (documentId: string) => void;
}

export function registerModelEditors(options: ModelEditorOptions): readonly Disposable[] {
  const provider: CustomReadonlyEditorProvider = {
    openCustomDocument: (uri): CustomDocument => ({ uri, dispose: () => undefined }),
    // Not waited for: the page says how far it is, and closing its tab ends it.
    resolveCustomEditor: ({ uri }, panel) => new ModelEditor(uri, panel, options).read(),
  };
  return [modelEditor, otherModelEditor].map((type) =>
    window.registerCustomEditorProvider(type, provider),
  );
}

const [tryAgain, loadAsWeights, openOtherwise] = [
  'Try Again',
  'Load as Weights',
  'Open With…',
] as const;

/** One file of a model in an editor: read, shown, and read again where the person wants so after it changed. */
class ModelEditor {
  private readonly closed = new AbortController();
  private readonly ways: Readonly<Record<string, () => unknown>> = {
    [tryAgain]: () => this.read(),
    [loadAsWeights]: () => commands.executeCommand('alexnet.loadWeights', this.uri),
    [openOtherwise]: () => commands.executeCommand('workbench.action.reopenWithEditor'),
  };
  private view: ModelView | undefined;
  /** What is shown while there is no view. */
  private page: Disposable | undefined;
  private watcher: Disposable | undefined;

  constructor(
    private readonly uri: Uri,
    private readonly panel: WebviewPanel,
    private readonly options: ModelEditorOptions,
  ) {
    const resized = options.models.onDidResize((id) => {
      if (id === fileRef(uri).uri) this.read();
    });
    panel.onDidDispose(() => {
      resized.dispose();
      this.close();
    });
  }

  read(): void {
    unawaited(this.readAndShow());
  }

  private async readAndShow(): Promise<void> {
    const { options, closed, uri } = this;
    this.letGo();
    const file = fileRef(uri);
    const page = new EarlyPage(this.panel, { extensionUri: options.extensionUri, name: file.name });
    this.page = page;
    const engine = options.newEngine();
    const { signal } = closed;
    try {
      const stamp = await workspaceFiles.stamp(file);
      const opened = await options.models.open(file, engine, signal);
      signal.throwIfAborted();
      this.view = options.openView(opened.document.id, engine);
      this.view.adopt(this.panel, page.messages);
      this.watch(stamp);
      options.onOpened(opened);
    } catch (error) {
      engine.dispose();
      if (signal.aborted) return;
      const failure = describeError(error);
      log.warn(failure);
      const ways = [tryAgain, loadAsWeights, openOtherwise];
      this.showFailure({ name: file.name, failure, ways });
    }
  }

  private showFailure(failure: FailurePage): void {
    const { webview } = this.panel;
    this.page?.dispose();
    this.page = webview.onDidReceiveMessage((said: unknown) => {
      if (typeof said === 'string' && Object.hasOwn(this.ways, said)) this.ways[said]?.();
    });
    webview.options = { enableScripts: true, localResourceRoots: [] };
    webview.html = failurePage(failure);
  }

  /** Offers once to read the file again where it is another than was read. */
  private watch(stamp: string | undefined): void {
    const file = fileRef(this.uri);
    const look = async (): Promise<void> => {
      const now = await workspaceFiles.stamp(file);
      if (now === undefined || now === stamp || !this.watcher) return;
      this.watcher.dispose();
      this.watcher = undefined;
      const readAgain = 'Read Again';
      const pressed = await window.showInformationMessage(
        `${file.name} has changed since it was read.`,
        readAgain,
      );
      if (pressed === readAgain && !this.closed.signal.aborted) this.read();
    };
    this.watcher = workspaceFiles.watch(file, () => unawaited(look()));
  }

  private letGo(): void {
    this.page?.dispose();
    this.page = undefined;
    this.watcher?.dispose();
    this.watcher = undefined;
    this.view?.dispose();
    this.view = undefined;
  }

  private close(): void {
    this.closed.abort();
    this.letGo();
    this.options.onClosed(this.uri.toString());
  }
}

import type { Uri } from 'vscode';
import { ViewColumn } from 'vscode';
import type { FileRef } from '../host/fileRef';
import { fileRef } from './files/fileRef';
import type { Task } from '../host/task/task';
import type { ModelDocument } from '../network/modelDocument';
import type {
  HostMethods,
  PageDocument,
  PanelState,
  PanelWeights,
  RunView,
} from '../protocol/panelProtocol';
import type { Handlers } from '../protocol/rpc';
import { chooseFolder, chooseImages, chooseWeightsFile, chooseWeightsPlace } from './pick/choose';
import { CompareActions, type ComparedWith } from '../host/compare/compareActions';
import { chooseComparison } from './pick/chooseComparison';
import { Comparison } from '../host/compare/comparison';
import type { EngineClient } from '../host/engine/engineClient';
import { Exporter } from './export/exporter';
import { log } from './say/log';
import type { TaskQueue } from '../host/task/taskQueue';
import { folderPictures, type FoundPictures } from './files/folderPictures';
import { Pictures } from '../host/pictures/pictures';
import { InspectorPanel } from './panel/inspectorPanel';
import type { PreprocessChoices } from '../host/session/preprocessChoices';
import { showDocumentChange, showSaved } from './say/messages';
import type { Session, SessionRun } from '../host/session/session';
import type { WeightsChooser } from './weights/weightsChooser';
import type { WeightsChoice } from '../host/weights/weightsChoice';
import { randomChoice } from '../host/weights/weightsChoice';

interface InspectorOptions {
  readonly extensionUri: Uri;
  readonly engine: EngineClient;
  readonly session: Session;
  readonly tasks: TaskQueue;
  readonly preprocessing: PreprocessChoices;
  readonly rememberDocument: (documentId: string) => void;
  readonly rememberWeights: (documentId: string, choice: WeightsChoice) => void;
  readonly weights: Pick<WeightsChooser, 'choose' | 'offer' | 'loadOffered' | 'offerLabel'>;
}

type DocumentPart =
  'pictures' | 'documentId' | 'weights' | 'weightsId' | 'weightsOffer' | 'preprocess';

/** What a person does: shows the panel, classifies, loads weights; with progress, cancel, and errors shown once. */
export class Inspector {
  readonly panel: InspectorPanel;
  readonly exporter: Exporter;
  private readonly tasks: TaskQueue;
  private readonly pictures: Pictures;
  private readonly comparison: Comparison;
  private readonly compare: CompareActions;

  constructor(private readonly options: InspectorOptions) {
    const { engine, session, tasks, extensionUri, preprocessing, weights } = options;
    this.tasks = tasks;
    this.pictures = new Pictures({
      session,
      preprocessing,
      tasks,
      onShown: (run) => this.showRunView(run),
      onChanged: () => this.panel.update({ pictures: this.pictures.state }),
      onUntrained: () => weights.offer(),
    });
    this.comparison = new Comparison({
      runs: session.runs,
      tasks,
      onChange: (comparison) => this.panel.update({ comparison }),
    });
    this.compare = new CompareActions({
      session,
      pictures: this.pictures,
      comparison: this.comparison,
      chooseComparison: (run) => chooseComparison(run, session.documents),
      chooseImages,
      chooseWeights: () => weights.choose(),
      selectDocument: (documentId) => this.selectDocument(documentId),
      classify: (files) => this.classify(files),
    });
    this.exporter = new Exporter({
      session,
      lastRun: () => this.pictures.run,
      draw: async (what) => {
        await this.panel.show(ViewColumn.Beside, true);
        return await this.panel.draw(what);
      },
    });
    this.panel = new InspectorPanel({
      extensionUri,
      state: () => this.state(),
      handlers: this.pageHandlers(),
    });
    engine.onDidChange((state) => this.panel.update({ engine: state }));
    session.documents.onDidChange(() =>
      this.panel.update({ documents: session.documents.all.map(pageDocument) }),
    );
    session.onDidChange(() => {
      options.rememberDocument(session.documentId);
      this.panel.update(this.documentState());
    });
  }

  /** What the page may ask for. */
  private pageHandlers(): Omit<Handlers<HostMethods>, 'ready'> {
    const { session, weights } = this.options;
    return {
      selectDocument: ({ documentId }) => this.selectDocument(documentId),
      setPreprocess: (params) => this.setPreprocess(params),
      ...this.tasks.background({
        chooseImage: () => this.classifyChosen(),
        compare: () => this.compareWith(),
        endComparison: () => this.endComparison(),
        chooseWeights: () => weights.choose(),
        chooseWeightsFile: () => this.loadChosenWeights(),
        loadOfferedWeights: () => weights.loadOffered(),
        useRandomWeights: () => this.loadWeights(randomChoice),
        saveWeights: () => this.saveWeights(),
        ...this.exporter.clicks,
      }),
      cancelWork: () => this.tasks.cancel(),
      dismissProblem: () => this.tasks.dismissProblem(),
      showLog: () => log.show(),
      activation: ({ runId, layer }) => session.runs.activation(runId, layer),
      labels: ({ documentId }) => session.documents.get(documentId).labels.names,
      weightSummary: ({ documentId, ...params }) =>
        this.tasks.read('reading weights', (task) =>
          session.aboutWeights(documentId, 'weightSummary', params, task),
        ),
      filters: ({ documentId, ...params }) =>
        this.tasks.read('reading filters', (task) =>
          session.aboutWeights(documentId, 'filters', params, task),
        ),
      ...this.pictures.handlers,
      explainValue: (params) => session.runs.explainValue(params),
      reportError: ({ message }) => log.error(`panel: ${message}`),
    };
  }

  /** Resolves when the page is there. */
  async showArchitecture(): Promise<void> {
    await this.panel.show(ViewColumn.Active, false);
    // After the page is drawn: both at once would only be slower on few cores.
    if (this.panel.visible) this.options.session.warmUp();
  }

  selectDocument(documentId: unknown): void {
    this.options.session.showDocument(documentId);
    if (this.panel.visible) this.options.session.warmUp();
  }

  /** Classifies pictures one after the other and shows each; gives the last that succeeded. */
  async classify(files: readonly FileRef[], leftOut = 0): Promise<SessionRun | undefined> {
    void this.panel.show(ViewColumn.Beside, true);
    return await this.pictures.classify(files, leftOut);
  }

  /** Classifies the pictures directly in folders; asks for one where none is given. */
  async classifyFolders(given: readonly Uri[]): Promise<SessionRun | undefined> {
    const asked = given.length > 0 ? undefined : await chooseFolder();
    const folders = asked ? [asked] : given;
    if (folders.length === 0) return undefined;
    let found: FoundPictures | undefined;
    await this.tasks.ask('looking for pictures', async ({ signal }) => {
      const pictures = await folderPictures(folders);
      signal.throwIfAborted();
      found = pictures;
    });
    return found && (await this.classify(found.files, found.leftOut));
  }

  /** Compares what is shown with something else; asks with what, unless told. */
  async compareWith(given?: ComparedWith): Promise<void> {
    await this.tasks.attempt(() => this.compare.compareWith(given));
  }

  async compareImages(files: readonly FileRef[]): Promise<void> {
    await this.tasks.attempt(() => this.compare.compareImages(files));
  }

  async endComparison(): Promise<void> {
    await this.tasks.attempt(() => this.comparison.end());
  }

  /** Goes to the picture before or after; gives its run's number unless other pictures are under way. */
  async stepPicture(by: 1 | -1): Promise<number | undefined> {
    const step = this.pictures.step(by);
    void this.panel.show(ViewColumn.Beside, true);
    return await step;
  }

  private setPreprocess({ documentId, preprocess }: HostMethods['setPreprocess']['params']): void {
    const { preprocessing, session } = this.options;
    preprocessing.set(documentId, preprocess);
    if (documentId === session.documentId)
      void this.tasks.attempt(() => this.pictures.classifyAgain());
    this.panel.update(this.documentState());
  }

  /** Runs the last picture again where untrained weights were asked about it. */
  async reclassify(): Promise<void> {
    const file = this.pictures.untrained;
    if (file) await this.classify([file]);
  }

  async classifyChosen(): Promise<SessionRun | undefined> {
    this.options.session.warmUp();
    const files = await chooseImages();
    return files ? await this.classify(files) : undefined;
  }

  async loadChosenWeights(): Promise<void> {
    const file = await chooseWeightsFile();
    if (file) await this.loadWeights({ kind: 'file', file });
  }

  /** Gives what was loaded; undefined where that failed, which is shown. */
  async loadWeights(choice: WeightsChoice): Promise<PanelWeights | undefined> {
    let loaded: PanelWeights | undefined;
    this.pictures.stop();
    const load = async (task: Task): Promise<void> => {
      const before = this.options.session.documentId;
      const info = await this.options.session.loadWeights(choice, task);
      loaded = info;
      log.info(`weights: ${info.name} for ${info.documentId}, ${info.tensors} tensors`);
      if (info.documentId !== before) showDocumentChange(info.name, this.options.session.document);
      this.options.rememberWeights(info.documentId, choice);
      this.options.session.warmUp();
    };
    await this.tasks.ask('loading weights', load, { isWaitedFor: true });
    return loaded;
  }

  /** Saves the weights in use where a person says. */
  async saveWeights(given?: Uri): Promise<void> {
    const { session } = this.options;
    const uri = given ?? (await chooseWeightsPlace(session.documentId));
    if (!uri) return;
    const save = async (task: Task): Promise<void> => {
      const { documentId, tensors } = await session.saveWeights(fileRef(uri), task);
      log.info(`weights: ${tensors} tensors of ${documentId} saved to ${uri.fsPath}`);
      showSaved(uri, tensors);
    };
    await this.tasks.ask('saving weights', save, { place: 'notification' });
  }

  /** A run made elsewhere, such as through the API, is shown too. */
  showRun(run: SessionRun): void {
    this.pictures.show(run);
  }

  dispose(): void {
    this.panel.dispose();
  }

  private showRunView(run: RunView): void {
    this.panel.update({ run, ...this.documentState() });
    void this.comparison.follow(run);
  }

  private state(): PanelState {
    return {
      ...this.documentState(),
      documents: this.options.session.documents.all.map(pageDocument),
      engine: this.options.engine.state,
      run: this.pictures.run,
      comparison: this.comparison.state,
      ...this.tasks.state,
    };
  }

  /** What follows from the document and the choices that were made for it. */
  private documentState(): Pick<PanelState, DocumentPart> {
    const { session, preprocessing, weights: offers } = this.options;
    const { documentId, weights, weightsId } = session;
    const preprocess = preprocessing.of(documentId);
    const weightsOffer = offers.offerLabel;
    const pictures = this.pictures.state;
    return { documentId, weights, weightsId, weightsOffer, preprocess, pictures };
  }
}

function pageDocument(document: ModelDocument): PageDocument {
  const { id, title, description, origin, network, preprocess, reasons } = document;
  return { id, title, description, origin, network, preprocess, reasons };
}

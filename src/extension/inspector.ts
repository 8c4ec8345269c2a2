import type { Disposable } from 'vscode';
import { ViewColumn } from 'vscode';
import type { FileRef, Moved } from '../host/fileRef';
import { workspaceFiles } from './files/workspaceFiles';
import type { HostMethods, PanelState, RunView } from '../protocol/panelProtocol';
import type { Handlers } from '../protocol/rpc';
import { Comparing } from './compare/comparing';
import type { EngineClient } from '../host/engine/engineClient';
import { Evaluations } from './evaluate/evaluations';
import { Explaining } from './explain/explaining';
import { Exporter } from './export/exporter';
import type { NativeEngine } from './install/nativeEngine';
import { ModelActions } from './models/modelActions';
import { openModel } from './models/modelEditor';
import type { OpenedModels } from '../host/models/openedModels';
import { log } from './say/log';
import type { TaskQueue } from '../host/task/taskQueue';
import type { TrainingPlaces } from './train/createTraining';
import { Trainings } from './train/trainings';
import { panelTitle } from '../host/sidebar/inBrief';
import { Pictures } from '../host/pictures/pictures';
import { resultsCsv } from '../host/pictures/resultsCsv';
import { UpToDate } from '../host/upToDate/upToDate';
import { InspectorPanel, type PanelOptions } from './panel/inspectorPanel';
import { PanelStateOf } from './panel/panelStateOf';
import { PictureSources } from './pictureSources';
import type { PreprocessChoices } from '../host/session/preprocessChoices';
import { pageReads } from '../host/session/pageReads';
import type { Session, SessionRun } from '../host/session/session';
import { WhatIf } from '../host/change/whatIf';
import { WeightsActions } from './weights/weightsActions';
import type { WeightsChooser } from './weights/weightsChooser';
import type { WeightsChoice } from '../host/weights/weightsChoice';

interface InspectorOptions
  extends TrainingPlaces, Pick<PanelOptions, 'extensionUri' | 'memory' | 'reopens' | 'onActive'> {
  readonly engine: EngineClient;
  readonly session: Session;
  readonly tasks: TaskQueue;
  readonly preprocessing: PreprocessChoices;
  readonly models: OpenedModels;
  readonly rememberDocument: (documentId: string) => void;
  readonly rememberWeights: (documentId: string, choice: WeightsChoice) => void;
  readonly native: Pick<NativeEngine, 'canInstall' | 'install'>;
  readonly weights: Pick<WeightsChooser, 'choose' | 'offer' | 'loadOffered' | 'offerLabel'>;
  /** Told what changed of what the panel shows, seen or not. */
  readonly onState: (change: Partial<PanelState>) => void;
}

/** What a person does: shows the panel, classifies, loads weights; with progress, cancel, and errors shown once. */
export class Inspector {
  readonly panel: InspectorPanel;
  readonly exporter: Exporter;
  readonly sources: PictureSources;
  readonly upToDate: UpToDate;
  readonly evaluations: Evaluations;
  readonly explaining: Explaining;
  readonly trainings: Trainings;
  readonly weights: WeightsActions;
  readonly whatIf: WhatIf;
  readonly comparing: Comparing;
  readonly models: ModelActions;
  private readonly pictures: Pictures;
  /** The window's documents are there longer than it is. */
  private following: Disposable | undefined;
  private readonly state: PanelStateOf;

  constructor(private readonly options: InspectorOptions) {
    const { session, weights } = options;
    this.pictures = new Pictures({
      ...options,
      onShown: (run) => this.showRunView(run),
      onChanged: () => {
        this.upToDate.noteShown();
        this.update({ ...this.pictures.state, notice: this.upToDate.notice });
      },
      onUntrained: () => weights.offer(),
    });
    this.weights = new WeightsActions({ ...options, onLoad: () => this.pictures.stop() });
    this.models = new ModelActions(options);
    const onChange = (change: Partial<PanelState>): void => this.update(change);
    const onCompared = (change: Partial<PanelState>): void => {
      this.upToDate.noteShown();
      this.update(change);
    };
    const { pictures } = this;
    const classify = (files: readonly FileRef[], more?: number) => this.classify(files, more);
    this.comparing = new Comparing({
      ...{ ...options, pictures, classify, onChange: onCompared, upToDate: () => this.upToDate },
      chooseWeights: () => weights.choose(),
      selectDocument: (documentId) => this.selectDocument(documentId),
    });
    const { comparison } = this.comparing;
    const { choices } = pictures;
    const panel = (): InspectorPanel => this.panel;
    this.evaluations = new Evaluations({ ...options, choices, panel, onChange, classify });
    const { evaluator } = this.evaluations;
    const held = (runId: number): Promise<number> => this.upToDate.held(runId);
    this.explaining = new Explaining({ ...options, pictures, choices, held, onChange, classify });
    const { patches } = this.explaining;
    this.trainings = this.createTrainings();
    const { trainer } = this.trainings;
    this.upToDate = new UpToDate({
      ...options,
      pictures,
      comparison,
      files: workspaceFiles,
      isSeen: () => this.panel.visible,
      onNotice: (notice) => this.panel.update({ notice }),
    });
    this.whatIf = new WhatIf({ ...options, pictures, upToDate: this.upToDate, onChange });
    const { upToDate, whatIf } = this;
    const shown = { pictures, whatIf, comparison, evaluator, trainer, patches, upToDate };
    this.state = new PanelStateOf({ ...options, ...shown });
    this.exporter = new Exporter({
      session,
      tasks: options.tasks,
      lastRun: () => this.pictures.run,
      resultsCsv: (ids) => resultsCsv(this.pictures.results(ids)),
      evaluationCsv: () => evaluator.csv,
      draw: (what) => this.panel.show(ViewColumn.Beside, true).then(() => this.panel.draw(what)),
    });
    this.sources = this.createSources();
    this.panel = this.createPanel();
    this.listen();
  }

  private createTrainings(): Trainings {
    return new Trainings({
      ...this.options,
      panel: () => this.panel,
      onChange: (change) => this.update(change),
      weights: this.weights,
      catchUp: () => this.upToDate.catchUp(),
      evaluate: (labelled) => this.evaluations.evaluateLabelled(labelled),
    });
  }

  private createSources(): PictureSources {
    const { options } = this;
    return new PictureSources({
      ...{ ...options, openModel },
      classify: (files, leftOut) => this.classify(files, leftOut),
      warmUp: () => options.session.warmUp(),
      loadWeights: (file) => this.weights.load({ kind: 'file', file }),
    });
  }

  private createPanel(): InspectorPanel {
    const { session } = this.options;
    return new InspectorPanel({
      ...this.options,
      state: () => this.state.all,
      title: () => panelTitle(session.document.title, this.pictures.run),
      handlers: this.pageHandlers(),
      watcher: this.upToDate,
    });
  }

  private listen(): void {
    const { engine, session, rememberDocument } = this.options;
    engine.onDidChange(() => this.update(this.state.ofEngine));
    this.following = session.documents.onDidChange(() => {
      this.upToDate.follow();
      this.update({ documents: session.documents.pages, ...this.state.ofDocument });
    });
    session.onDidChange(() => {
      rememberDocument(session.documentId);
      // First: what it begins is part of what the page is told.
      this.upToDate.follow();
      this.update(this.state.ofDocument);
    });
  }

  /** What the page may ask for. */
  private pageHandlers(): Omit<Handlers<HostMethods>, 'ready' | 'keepView'> {
    const { session, tasks, native } = this.options;
    return {
      selectDocument: ({ documentId }) => this.selectDocument(documentId),
      setPreprocess: (params) => this.setPreprocess(params),
      ...tasks.background({
        ...this.sources.clicks,
        ...this.comparing.clicks,
        ...this.weights.clicks,
        ...this.models.clicks,
        installNative: () => native.install(),
        ...this.exporter.clicks,
      }),
      cancelWork: () => tasks.cancel(),
      dismissProblem: () => tasks.dismissProblem(),
      showLog: () => log.show(),
      ...pageReads(session, tasks),
      ...this.explaining.handlers,
      ...this.pictures.handlers,
      ...this.upToDate.handlers,
      ...this.whatIf.handlers,
      ...this.evaluations.handlers,
      ...this.trainings.handlers,
      reportError: ({ message }) => log.error(`panel: ${message}`),
    };
  }

  get panelState(): PanelState {
    return this.state.all;
  }

  /** Resolves when the page is there. */
  async showArchitecture({ preserveFocus = false } = {}): Promise<void> {
    await this.panel.show(ViewColumn.Active, preserveFocus);
    // After the page is drawn: both at once would only be slower on few cores.
    if (this.panel.visible) this.options.session.warmUp();
  }

  selectDocument(documentId: unknown): void {
    this.options.tasks.dismissProblem();
    this.options.session.showDocument(documentId);
    if (this.panel.visible) this.options.session.warmUp();
  }

  /** Shows the panel and gives it the keyboard. */
  takeKeyboard(): void {
    void this.panel.show(ViewColumn.Beside, false);
  }

  /** Classifies pictures one after the other and shows each; gives the last that succeeded. */
  async classify(files: readonly FileRef[], leftOut = 0): Promise<SessionRun | undefined> {
    void this.panel.show(ViewColumn.Beside, true);
    return await this.pictures.classify(files, leftOut);
  }

  /** Goes to the picture before or after; gives its run's number unless several others are under way. */
  async stepPicture(by: 1 | -1): Promise<number | undefined> {
    const step = this.pictures.step(by);
    void this.panel.show(ViewColumn.Beside, true);
    return await step;
  }

  private setPreprocess({ documentId, preprocess }: HostMethods['setPreprocess']['params']): void {
    const { preprocessing, session } = this.options;
    preprocessing.set(documentId, preprocess);
    if (documentId === session.documentId) {
      this.options.tasks.dismissProblem();
      this.upToDate.follow();
    }
    this.update(this.state.ofDocument);
  }

  /** Shows what weights make of a picture that untrained ones were asked about. */
  async reclassify(): Promise<void> {
    if (this.pictures.run?.trained !== false) return;
    void this.panel.show(ViewColumn.Beside, true);
    await this.upToDate.catchUp();
  }

  /** Lets go of pictures, results, comparison and view, as if the panel were opened for the first time. */
  async startOver(): Promise<void> {
    await this.comparing.end();
    this.evaluations.evaluator.clear();
    this.explaining.patches.clear();
    const wasOpen = this.panel.forget();
    this.upToDate.clear();
    this.whatIf.check();
    this.options.onState(this.state.all);
    if (wasOpen) await this.showArchitecture();
  }

  /** Files have other names now, or lie elsewhere. */
  rename(moved: Moved): void {
    this.pictures.rename(moved);
  }

  /** A run made elsewhere, such as through the API, is shown too. */
  showRun(run: SessionRun): void {
    this.pictures.show(run);
  }

  dispose(): void {
    this.following?.dispose();
    this.trainings.dispose();
    this.panel.dispose();
  }

  private showRunView(run: RunView): void {
    this.upToDate.noteShown();
    // What was chosen since it began counts.
    this.upToDate.follow();
    this.whatIf.check();
    this.update({ run, ...this.state.ofDocument });
    void this.comparing.comparison.follow(run);
  }

  private update(change: Partial<PanelState>): void {
    this.panel.update(change);
    this.options.onState(change);
  }
}

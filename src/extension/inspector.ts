import type { Uri } from 'vscode';
import { ProgressLocation, ViewColumn, env, window } from 'vscode';
import type { VariantId } from '../network/variants/variant';
import { isVariantId } from '../network/variants/variants';
import type {
  HostMethods,
  PanelState,
  RunView,
  PanelWeights,
  Work,
} from '../protocol/panelProtocol';
import { CancelledError } from '../protocol/rpc';
import { chooseImages, chooseWeightsFile } from './choose';
import { describeError } from './describeError';
import type { EngineClient } from './engine/engineClient';
import { isCancellation } from './isCancellation';
import { allLabels } from './labels';
import { log } from './log';
import { InspectorPanel } from './panel/inspectorPanel';
import type { PreprocessChoices } from './preprocessChoices';
import { runView } from './runView';
import { sayProblem } from './sayProblem';
import { sayVariant } from './sayVariant';
import type { Session, SessionRun } from './session';
import type { WeightsChoice } from './weightsChoice';
import { randomChoice } from './weightsChoice';
import { WeightsReadings } from './weightsReadings';

interface InspectorOptions {
  readonly extensionUri: Uri;
  readonly engine: EngineClient;
  readonly session: Session;
  readonly preprocessing: PreprocessChoices;
  readonly rememberVariant: (variant: VariantId) => void;
  readonly rememberWeights: (variant: VariantId, choice: WeightsChoice) => void;
  readonly weights: WeightsActions;
}

/** What the panel and a run ask of the choice of weights. */
interface WeightsActions {
  choose(): Promise<unknown>;
  /** A picture was classified with untrained weights. */
  offer(): void;
  loadOffered(): Promise<unknown>;
  /** What a button says that does so. */
  readonly offerLabel: string;
}

type VariantPart = 'variant' | 'weights' | 'weightsId' | 'weightsOffer' | 'preprocess';
type Report = (what: string, fraction: number) => void;

/** What a person does: shows the panel, classifies, loads weights; with progress, cancel, and errors shown once. */
export class Inspector {
  readonly panel: InspectorPanel;
  private run: RunView | undefined;
  /** The picture of `run`. */
  private shownPicture: Uri | undefined;
  /** Pictures that are being classified or wait for it. */
  private underway: readonly Uri[] = [];
  private loading: Promise<void> | undefined;
  private work: Work | undefined;
  private problem: string | undefined;
  private cancelling: AbortController | undefined;
  private readonly readings: WeightsReadings;

  constructor(private readonly options: InspectorOptions) {
    const { engine, session, extensionUri, weights } = options;
    this.readings = new WeightsReadings(session, (reading) => this.showReading(reading));
    this.panel = new InspectorPanel({
      extensionUri,
      state: () => this.state(),
      handlers: {
        selectVariant: ({ variant }) => this.selectVariant(variant),
        setPreprocess: (params) => this.setPreprocess(params),
        chooseImage: () => this.inBackground(() => this.classifyChosen()),
        chooseWeights: () => this.inBackground(() => weights.choose()),
        chooseWeightsFile: () => this.inBackground(() => this.loadChosenWeights()),
        loadOfferedWeights: () => this.inBackground(() => weights.loadOffered()),
        useRandomWeights: () => this.inBackground(() => this.loadWeights(randomChoice)),
        cancelWork: () => this.cancelWork(),
        dismissProblem: () => this.setProblem(undefined),
        showLog: () => log.show(),
        activation: ({ runId, layer }) => session.activation(runId, layer),
        labels: () => allLabels(),
        ...this.readings.handlers,
        explainValue: (params) => session.explainValue(params),
        copyText: ({ text }) => this.inBackground(() => env.clipboard.writeText(text)),
        reportError: ({ message }) => log.error(`panel: ${message}`),
      },
    });
    engine.onDidChange((state) => this.panel.update({ engine: state }));
    session.onDidChange(() => {
      options.rememberVariant(session.variant);
      this.panel.update(this.variantState());
    });
  }

  /** Resolves when the page is there. */
  async showArchitecture(): Promise<void> {
    await this.panel.show(ViewColumn.Active, false);
    // After the page is drawn: both at once would only be slower on few cores.
    if (this.panel.visible) this.options.session.warmUp();
  }

  selectVariant(variant: unknown): void {
    if (!isVariantId(variant)) throw new Error(`there is no variant ${JSON.stringify(variant)}`);
    this.options.session.showVariant(variant);
    if (this.panel.visible) this.options.session.warmUp();
  }

  /** Classifies pictures one after the other and shows each; gives the last that succeeded. */
  async classify(uris: readonly Uri[]): Promise<SessionRun | undefined> {
    void this.panel.show(ViewColumn.Beside, true);
    return await this.classifyEach(uris);
  }

  private async classifyEach(uris: readonly Uri[]): Promise<SessionRun | undefined> {
    let last: SessionRun | undefined;
    this.underway = uris;
    await this.withWork('classifying', async (signal, report) => {
      const failures: unknown[] = [];
      for (const [index, uri] of uris.entries()) {
        signal.throwIfAborted();
        this.underway = uris.slice(index);
        try {
          last = await this.options.session.classify(uri, {
            signal,
            preprocess: (variant) => this.options.preprocessing.parts(variant),
            onProgress: ({ what, fraction }) => report(what, (index + fraction) / uris.length),
          });
          this.showRun(last);
        } catch (error) {
          if (isCancellation(error)) throw error;
          failures.push(error);
          log.error(describeError(error));
        }
      }
      if (failures.length === 1) throw failures[0];
      if (failures.length > 1) {
        throw new Error(
          `${failures.length} of ${uris.length} pictures failed, the first: ${describeError(failures[0])}`,
        );
      }
    });
    if (!this.cancelling) this.underway = [];
    if (last && !last.trained) this.options.weights.offer();
    return last;
  }

  /** Runs the last picture again where untrained weights were asked about it. */
  async reclassify(): Promise<void> {
    if (this.shownPicture && this.run?.trained === false) await this.classify([this.shownPicture]);
  }

  private setPreprocess({ variant, preprocess }: HostMethods['setPreprocess']['params']): void {
    const { preprocessing, session } = this.options;
    if (!isVariantId(variant)) throw new Error(`there is no variant ${JSON.stringify(variant)}`);
    preprocessing.set(variant, preprocess);
    if (variant === session.variant) this.inBackground(() => this.classifyAgain());
    this.panel.update({ preprocess: preprocessing.of(session.variant) });
  }

  /** What is under way, else what is shown. Weights on their way are waited for: a picture would stop them. */
  private async classifyAgain(): Promise<void> {
    if (this.loading) await this.loading;
    const { underway, shownPicture } = this;
    if (underway.length > 0) await this.classifyEach(underway);
    else if (shownPicture) await this.classifyEach([shownPicture]);
  }

  async classifyChosen(): Promise<SessionRun | undefined> {
    this.options.session.warmUp();
    const uris = await chooseImages();
    return uris ? await this.classify(uris) : undefined;
  }

  async loadChosenWeights(): Promise<void> {
    const uri = await chooseWeightsFile();
    if (uri) await this.loadWeights({ kind: 'file', uri });
  }

  /** Gives what was loaded; undefined where that failed, which is shown. */
  async loadWeights(choice: WeightsChoice): Promise<PanelWeights | undefined> {
    let loaded: PanelWeights | undefined;
    this.underway = [];
    const loading = this.withWork('loading weights', async (signal, report) => {
      const before = this.options.session.variant;
      const info = await this.options.session.loadWeights(choice, {
        signal,
        onProgress: ({ what, fraction }) => report(what, fraction),
      });
      loaded = info;
      log.info(`weights: ${info.name} for ${info.variant}, ${info.tensors} tensors`);
      if (info.variant !== before) sayVariant(info);
      this.options.rememberWeights(info.variant, choice);
      this.options.session.warmUp();
    });
    this.loading = loading;
    await loading;
    if (this.loading === loading) this.loading = undefined;
    return loaded;
  }

  /** A run made elsewhere, such as through the API, is shown too. */
  showRun(run: SessionRun): void {
    this.run = runView(run);
    this.shownPicture = run.uri;
    this.panel.update({ run: this.run, ...this.variantState() });
  }

  dispose(): void {
    this.cancelWork();
    this.readings.cancel();
    this.panel.dispose();
  }

  private state(): PanelState {
    return {
      ...this.variantState(),
      engine: this.options.engine.state,
      run: this.run,
      work: this.work,
      problem: this.problem,
    };
  }

  /** What follows from the variant and the choices that were made for it. */
  private variantState(): Pick<PanelState, VariantPart> {
    const { session, preprocessing, weights: offers } = this.options;
    const { variant, weights, weightsId } = session;
    const preprocess = preprocessing.of(variant);
    return { variant, weights, weightsId, weightsOffer: offers.offerLabel, preprocess };
  }

  /** Shows progress in the panel and the status bar; shows an error once and does not pass it on. */
  private async withWork(
    title: string,
    work: (signal: AbortSignal, report: Report) => Promise<void>,
  ): Promise<void> {
    const controller = new AbortController();
    this.cancelling?.abort(new CancelledError());
    this.cancelling = controller;
    this.setProblem(undefined);
    this.setWork({ what: title, fraction: undefined, cancellable: true });
    try {
      await window.withProgress(
        { location: ProgressLocation.Window, title: `AlexNet: ${title}` },
        () =>
          work(controller.signal, (what, fraction) => {
            if (this.cancelling === controller) this.setWork({ what, fraction, cancellable: true });
          }),
      );
    } catch (error) {
      if (isCancellation(error)) log.info(`${title}: cancelled`);
      else this.showProblem(error);
    } finally {
      if (this.cancelling === controller) {
        this.cancelling = undefined;
        this.setWork(undefined);
      }
    }
  }

  /** Other work comes first in the panel. */
  private showReading(reading: Work | undefined): void {
    if (!this.cancelling && (reading ?? this.work)) this.setWork(reading);
  }

  private cancelWork(): void {
    if (this.cancelling) this.cancelling.abort(new CancelledError());
    else this.readings.cancel();
  }

  /** For the page's clicks, whose answer is what the panel shows next. */
  private inBackground(work: () => PromiseLike<unknown>): void {
    Promise.resolve(work()).catch((error: unknown) => this.showProblem(error));
  }

  private showProblem(error: unknown): void {
    const sentence = describeError(error);
    log.error(sentence);
    if (this.panel.visible) {
      this.setProblem(sentence);
      return;
    }
    sayProblem(sentence);
  }

  private setWork(work: Work | undefined): void {
    this.work = work;
    this.panel.update({ work });
  }

  private setProblem(problem: string | undefined): void {
    if (problem === this.problem) return;
    this.problem = problem;
    this.panel.update({ problem });
  }
}

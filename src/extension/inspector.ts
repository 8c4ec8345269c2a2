import type { Uri } from 'vscode';
import { ViewColumn, env } from 'vscode';
import type { VariantId } from '../network/variants/variant';
import { isVariantId } from '../network/variants/variants';
import type { Progress } from '../protocol/engineProtocol';
import type {
  HostMethods,
  PanelState,
  RunView,
  PanelWeights,
  Work,
} from '../protocol/panelProtocol';
import { CancelledError } from '../protocol/rpc';
import { chooseImages, chooseSavePlace, chooseWeightsFile } from './choose';
import { describeError } from './describeError';
import type { EngineClient } from './engine/engineClient';
import { allLabels } from './labels';
import { isCancellation } from './isCancellation';
import { log } from './log';
import { InspectorPanel } from './panel/inspectorPanel';
import type { PreprocessChoices } from './preprocessChoices';
import { runView } from './runView';
import { sayVariant } from './sayVariant';
import type { Session, SessionRun } from './session';
import { showError } from './showError';
import { showProgress } from './showProgress';
import type { WeightsChoice } from './weightsChoice';
import { randomChoice } from './weightsChoice';

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

  constructor(private readonly options: InspectorOptions) {
    const { engine, session, extensionUri, weights } = options;
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
        cancelWork: () => this.cancelling?.abort(new CancelledError()),
        dismissProblem: () => this.setProblem(undefined),
        showLog: () => log.show(),
        activation: ({ runId, layer }) => session.activation(runId, layer),
        labels: () => allLabels(),
        copyText: ({ text }) => this.inBackground(() => env.clipboard.writeText(text)),
        reportError: ({ message }) => log.error(`panel: ${message}`),
      },
    });
    engine.onDidChange((state) => this.panel.update({ engine: state }));
    session.onDidChange(() => {
      options.rememberVariant(session.variant);
      const { variant, weights: shown } = session;
      this.panel.update({
        variant,
        weights: shown,
        weightsOffer: weights.offerLabel,
        preprocess: options.preprocessing.of(variant),
      });
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

  /** Saves the weights in use where a person says. */
  async saveWeights(given?: Uri): Promise<void> {
    const { session } = this.options;
    const uri = given ?? (await chooseSavePlace(session.variant));
    if (!uri) return;
    const save = async (signal: AbortSignal, report: Report): Promise<void> => {
      const onProgress = ({ what, fraction }: Progress): void => report(what, fraction);
      const { variant, tensors } = await session.saveWeights(uri, { signal, onProgress });
      log.info(`weights: ${tensors} tensors of ${variant} saved to ${uri.fsPath}`);
    };
    await this.withWork('saving weights', save, 'cancellable');
  }

  /** A run made elsewhere, such as through the API, is shown too. */
  showRun(run: SessionRun): void {
    this.run = runView(run);
    this.shownPicture = run.uri;
    this.panel.update({ run: this.run, weights: this.options.session.weights });
  }

  dispose(): void {
    this.cancelling?.abort(new CancelledError());
    this.panel.dispose();
  }

  private state(): PanelState {
    const { session, engine, preprocessing } = this.options;
    const { variant, weights } = session;
    return {
      variant,
      weights,
      weightsOffer: this.options.weights.offerLabel,
      preprocess: preprocessing.of(variant),
      engine: engine.state,
      run: this.run,
      work: this.work,
      problem: this.problem,
    };
  }

  /** Shows progress in the panel and the status bar; shows an error once and does not pass it on. */
  private async withWork(
    title: string,
    work: (signal: AbortSignal, report: Report) => Promise<void>,
    notification?: 'cancellable',
  ): Promise<void> {
    const controller = new AbortController();
    this.cancelling?.abort(new CancelledError());
    this.cancelling = controller;
    this.setProblem(undefined);
    this.setWork({ what: title, fraction: undefined, cancellable: true });
    try {
      await showProgress(`AlexNet: ${title}`, notification, controller, (show) =>
        work(controller.signal, (what, fraction) => {
          show(what, fraction);
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
    showError(sentence);
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

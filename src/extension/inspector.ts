import type { Uri } from 'vscode';
import { CancellationError, ProgressLocation, ViewColumn, env, window } from 'vscode';
import type { VariantId } from '../network/variants/variant';
import { isVariantId } from '../network/variants/variants';
import type { PanelState, RunView, Work } from '../protocol/panelProtocol';
import { CancelledError } from '../protocol/rpc';
import { chooseImages, chooseWeightsFile } from './choose';
import { describeError } from './describeError';
import type { EngineClient } from './engine/engineClient';
import { allLabels } from './labels';
import { log } from './log';
import { InspectorPanel } from './panel/inspectorPanel';
import { runView } from './runView';
import type { Session, SessionRun } from './session';
import type { WeightsChoice } from './weightsChoice';
import { randomChoice } from './weightsChoice';

interface InspectorOptions {
  readonly extensionUri: Uri;
  readonly engine: EngineClient;
  readonly session: Session;
  readonly rememberVariant: (variant: VariantId) => void;
}

type Report = (what: string, fraction: number) => void;

/** What a person does: shows the panel, classifies, loads weights; with progress, cancel, and errors shown once. */
export class Inspector {
  readonly panel: InspectorPanel;
  private run: RunView | undefined;
  private work: Work | undefined;
  private problem: string | undefined;
  private cancelling: AbortController | undefined;

  constructor(private readonly options: InspectorOptions) {
    const { engine, session, extensionUri } = options;
    this.panel = new InspectorPanel({
      extensionUri,
      state: () => this.state(),
      handlers: {
        selectVariant: ({ variant }) => this.selectVariant(variant),
        chooseImage: () => this.inBackground(() => this.classifyChosen()),
        chooseWeights: () => this.inBackground(() => this.loadChosenWeights()),
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
      this.panel.update({ variant: session.variant, weights: session.weights });
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
    let last: SessionRun | undefined;
    await this.withWork('classifying', async (signal, report) => {
      const failures: unknown[] = [];
      for (const [index, uri] of uris.entries()) {
        signal.throwIfAborted();
        try {
          last = await this.options.session.classify(uri, {
            signal,
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
    return last;
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

  async loadWeights(choice: WeightsChoice): Promise<void> {
    await this.withWork('loading weights', async (signal, report) => {
      const info = await this.options.session.loadWeights(choice, {
        signal,
        onProgress: ({ what, fraction }) => report(what, fraction),
      });
      log.info(`weights: ${info.name} for ${info.variant}, ${info.tensors} tensors`);
      this.options.session.warmUp();
    });
  }

  /** A run made elsewhere, such as through the API, is shown too. */
  showRun(run: SessionRun): void {
    this.run = runView(run);
    this.panel.update({ run: this.run, weights: this.options.session.weights });
  }

  dispose(): void {
    this.cancelling?.abort(new CancelledError());
    this.panel.dispose();
  }

  private state(): PanelState {
    const { session, engine } = this.options;
    const { variant, weights } = session;
    return {
      variant,
      weights,
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
    window.showErrorMessage(sentence, 'Show Log').then(
      (choice) => {
        if (choice) log.show();
      },
      (failure: unknown) => log.error(String(failure)),
    );
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

function isCancellation(error: unknown): boolean {
  return error instanceof CancelledError || error instanceof CancellationError;
}

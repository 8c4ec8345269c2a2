import type { Uri } from 'vscode';
import type { RunView } from '../../protocol/panelProtocol';
import { describeError } from '../describeError';
import { isCancellation } from '../isCancellation';
import { log } from '../log';
import type { PanelWork, Report } from '../panelWork';
import type { PreprocessChoices } from '../preprocessChoices';
import type { Session, SessionRun } from '../session';
import { runView } from './runView';

interface PicturesOptions {
  readonly session: Session;
  readonly preprocessing: PreprocessChoices;
  readonly work: PanelWork;
  readonly onShown: (run: RunView) => void;
  /** A picture was classified with untrained weights. */
  readonly onUntrained: () => void;
}

/** The pictures that a person asks about: those under way and the one that is shown. */
export class Pictures {
  private shown: { readonly uri: Uri; readonly view: RunView } | undefined;
  /** Pictures that are being classified or wait for it. */
  private underway: readonly Uri[] = [];

  constructor(private readonly options: PicturesOptions) {}

  get run(): RunView | undefined {
    return this.shown?.view;
  }

  /** The picture that is shown, where untrained weights were asked about it. */
  get untrained(): Uri | undefined {
    return this.shown?.view.trained === false ? this.shown.uri : undefined;
  }

  show(run: SessionRun): void {
    const view = runView(run);
    this.shown = { uri: run.uri, view };
    this.options.onShown(view);
  }

  /** Other work has come in between. */
  letGo(): void {
    this.underway = [];
  }

  /** Classifies pictures one after the other and shows each; gives the last that succeeded. */
  async classify(uris: readonly Uri[]): Promise<SessionRun | undefined> {
    const { work, onUntrained } = this.options;
    let last: SessionRun | undefined;
    this.underway = uris;
    await work.run('classifying', async (signal, report) => {
      const failures: unknown[] = [];
      for (const [index, uri] of uris.entries()) {
        signal.throwIfAborted();
        this.underway = uris.slice(index);
        try {
          const part: Report = (what, fraction) => report(what, (index + fraction) / uris.length);
          last = await this.classifyOne(uri, signal, part);
        } catch (error) {
          if (isCancellation(error)) throw error;
          failures.push(error);
          log.error(describeError(error));
        }
      }
      throwFailures(failures, uris.length);
    });
    if (!work.busy) this.underway = [];
    if (last && !last.trained) onUntrained();
    return last;
  }

  /** What is under way, else what is shown. */
  async classifyAgain(): Promise<void> {
    const { underway, shown } = this;
    if (underway.length > 0) await this.classify(underway);
    else if (shown) await this.classify([shown.uri]);
  }

  private async classifyOne(uri: Uri, signal: AbortSignal, report: Report): Promise<SessionRun> {
    const { session, preprocessing } = this.options;
    const run = await session.classify(uri, {
      signal,
      preprocess: (variant) => preprocessing.parts(variant),
      onProgress: ({ what, fraction }) => report(what, fraction),
    });
    this.show(run);
    return run;
  }
}

function throwFailures(failures: readonly unknown[], count: number): void {
  if (failures.length === 0) return;
  if (failures.length === 1) throw failures[0];
  throw new Error(
    `${failures.length} of ${count} pictures failed, the first: ${describeError(failures[0])}`,
  );
}

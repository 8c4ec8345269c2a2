import type { PanelState, Work } from '../../protocol/panelProtocol';
import { CancelledError } from '../../protocol/rpc';
import { describeError } from '../describeError';
import { isCancellation } from './isCancellation';
import { log } from '../log';

/** Where work and problems are shown while it is in sight. */
interface Panel {
  readonly visible: boolean;
  update(change: Partial<PanelState>): void;
}

/** How work and problems are shown where the panel is not in sight. */
export interface Notices {
  showError(sentence: string): void;
  /** Runs work with its progress in the status bar, or in a notification that can cancel it. */
  showProgress(
    title: string,
    notification: 'cancellable' | undefined,
    controller: AbortController,
    work: (show: Report) => Promise<void>,
  ): Promise<void>;
}

export type Report = (what: string, fraction: number) => void;

/** The one piece of work that a person has asked for, and what went wrong last; new work ends the old. */
export class PanelWork {
  private cancelling: AbortController | undefined;
  private shownWork: Work | undefined;
  private shownProblem: string | undefined;

  /** `panel` is asked for when there is something to show. */
  constructor(
    private readonly panel: () => Panel,
    private readonly notices: Notices,
  ) {}

  get state(): Pick<PanelState, 'work' | 'problem'> {
    return { work: this.shownWork, problem: this.shownProblem };
  }

  get busy(): boolean {
    return this.cancelling !== undefined;
  }

  /** Shows progress in the panel and the status bar, or as a notification; shows an error once and does not pass it on. */
  async run(
    title: string,
    work: (signal: AbortSignal, report: Report) => Promise<void>,
    notification?: 'cancellable',
  ): Promise<void> {
    const controller = new AbortController();
    this.cancel();
    this.cancelling = controller;
    this.setProblem(undefined);
    this.setWork({ what: title, fraction: undefined, cancellable: true });
    try {
      await this.notices.showProgress(`AlexNet: ${title}`, notification, controller, (show) =>
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

  cancel(): void {
    this.cancelling?.abort(new CancelledError());
  }

  /** Work that nobody asked for by itself; what was asked for comes first. */
  showReading(reading: Work | undefined): void {
    if (!this.busy && (reading ?? this.shownWork)) this.setWork(reading);
  }

  /** For the page's clicks, whose answer is what the panel shows next. */
  inBackground(work: () => PromiseLike<unknown>): void {
    void this.attempt(work);
  }

  /** Shows what goes wrong, and does not pass it on. */
  async attempt(work: () => PromiseLike<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.showProblem(error);
    }
  }

  dismissProblem(): void {
    this.setProblem(undefined);
  }

  private showProblem(error: unknown): void {
    const sentence = describeError(error);
    log.error(sentence);
    if (this.panel().visible) this.setProblem(sentence);
    else this.notices.showError(sentence);
  }

  private setWork(work: Work | undefined): void {
    this.shownWork = work;
    this.panel().update({ work });
  }

  private setProblem(problem: string | undefined): void {
    if (problem === this.shownProblem) return;
    this.shownProblem = problem;
    this.panel().update({ problem });
  }
}

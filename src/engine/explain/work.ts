import type { ExplanationProgress } from '../../protocol/explanation';
import { paced, yieldToEventLoop } from '../runtime/pacing';

/** How long work may go on without hearing messages: each turn costs WebAssembly's threads a millisecond. */
const turnMilliseconds = 50;

/** A person sees no more than ten changes a second. */
const progressMilliseconds = 100;

export interface WorkOptions {
  readonly signal: AbortSignal;
  readonly report: (progress: ExplanationProgress) => void;
}

/** Work that is cut into steps: it says how far it is, and ends between two steps once nobody wants it. */
export class Work {
  private lastTurn = performance.now();
  private readonly signal: AbortSignal;
  /** Says how far the whole is, at times. */
  readonly report: (progress: ExplanationProgress) => void;
  /** Says it with a map to show until then, at once: there are few of them. */
  readonly show: WorkOptions['report'];

  constructor({ signal, report }: WorkOptions) {
    this.signal = signal;
    this.report = paced(progressMilliseconds, report);
    this.show = report;
  }

  /** To be called between two steps; throws where the work is not wanted any more. */
  async pause(): Promise<void> {
    if (performance.now() - this.lastTurn > turnMilliseconds) {
      await yieldToEventLoop();
      this.lastTurn = performance.now();
    }
    this.signal.throwIfAborted();
  }
}

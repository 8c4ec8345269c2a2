import type { Progress } from '../../protocol/engineProtocol';
import { CancelledError } from '../../protocol/rpc';
import { Emitter } from '../emitter';

/**
 * Who waits for a task. `asked`: a person, for the newest one only; `read`: the page, beside what a person asked
 * for; `served`: a script, or the product itself; `idle`: nobody, so that it gives way to all others.
 */
export type Rank = 'asked' | 'read' | 'served' | 'idle';

/** A turn's need: the network whose weights it runs on, and who hears how far they are. */
export interface Need {
  readonly network: string;
  readonly report: (progress: Progress) => void;
}

/** What work is given of its task: how far it is, whether it is still wanted, and turns at the engine. */
export interface TaskContext {
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
  /** Runs work alone among all turns, in the order asked. */
  readonly turn: <T>(work: () => Promise<T>, need?: Need) => Promise<T>;
}

export interface TaskOptions {
  readonly title: string;
  readonly rank: Rank;
  /** The network whose weights an idle task loads: a turn that needs them joins it instead of ending it. */
  readonly loads?: string | undefined;
  /** Pictures wait for it instead of ending it. */
  readonly isWaitedFor?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly turn: TaskContext['turn'];
}

/** Work under way: its title, its progress, and a signal that ends it. */
export class Task implements TaskContext {
  readonly title: string;
  readonly rank: Rank;
  readonly loads: string | undefined;
  readonly isWaitedFor: boolean;
  readonly signal: AbortSignal;
  readonly turn: TaskContext['turn'];
  /** Resolves when the work has ended, well or not. */
  readonly ended: Promise<void>;
  private readonly controller = new AbortController();
  private readonly reported = new Emitter<Progress>();
  private last: Progress | undefined;
  private isJoinable: boolean;
  private isJoined = false;
  private resolveEnded = (): void => undefined;

  readonly onProgress = this.reported.event;

  constructor({ title, rank, loads, isWaitedFor = false, signal, turn }: TaskOptions) {
    this.title = title;
    this.rank = rank;
    this.loads = loads;
    this.isJoinable = loads !== undefined;
    this.isWaitedFor = isWaitedFor;
    this.turn = turn;
    const own = this.controller.signal;
    this.signal = signal ? AbortSignal.any([own, signal]) : own;
    this.ended = new Promise((resolve) => (this.resolveEnded = resolve));
  }

  /** What was reported last. */
  get progress(): Progress | undefined {
    return this.last;
  }

  readonly report = (progress: Progress): void => {
    this.last = progress;
    this.reported.fire(progress);
  };

  cancel(): void {
    this.controller.abort(new CancelledError());
  }

  /** Passes the progress of a load on to who needs the same weights; false where this is none of them. */
  join(need: Need | undefined): boolean {
    if (!this.isJoinable || !need || need.network !== this.loads) return false;
    this.isJoined = true;
    this.onProgress(need.report);
    return true;
  }

  /** The load is over: nobody joins any more. Says whether somebody did. */
  endJoining(): boolean {
    this.isJoinable = false;
    return this.isJoined;
  }

  /** Called by the queue, once. */
  end(): void {
    this.reported.dispose();
    this.resolveEnded();
  }
}

/** A part of a task, whose fraction from 0 to 1 stands for a piece of the whole. */
export function partOf(task: TaskContext, whole: (fraction: number) => number): TaskContext {
  return {
    signal: task.signal,
    turn: task.turn,
    report: ({ what, fraction }) => task.report({ what, fraction: whole(fraction) }),
  };
}

/** Whether work ended because it was not wanted any more. */
export function isCancellation(error: unknown): boolean {
  return error instanceof CancelledError;
}

import type {
  Attempt,
  BackendId,
  EngineInfo,
  EngineMethods,
  Refusal,
  StartParams,
} from '../../protocol/engineProtocol';
import type { EngineState } from '../../protocol/panelProtocol';
import type { TrainerMethods } from '../../protocol/trainerProtocol';
import type { CallOptions } from '../../protocol/rpc';
import { CancelledError, ClosedError } from '../../protocol/rpc';
import { isOf } from '../errors';
import { Emitter } from '../emitter';
import { log } from '../log';
import type { EngineProcess } from './engineProcess';
import { forkEngine } from './engineProcess';

/** tfjs-node's native addon, or why there is none to try. */
export type AddonChoice = { readonly path: string } | { readonly why: string };

export interface EngineSettings {
  readonly backend: BackendId | 'auto';
  readonly idleMilliseconds: number;
}

export interface EngineClientOptions {
  readonly bundle: string;
  readonly addon: () => AddonChoice;
  readonly settings: () => EngineSettings;
  /** Beside this process's own variables. */
  readonly environment?: Readonly<Record<string, string>>;
  /** How long a backend on several threads may take to prove itself: a second at most, unless its threads wait for each other. */
  readonly threadsMilliseconds?: number;
}

type Name = keyof EngineMethods;
type Options<K extends Name> = CallOptions<EngineMethods[K]['progress']>;

/** How long the engine may take to hear that its work was cancelled before it is replaced. */
const cancelGraceMilliseconds = 10_000;

const usualThreadsMilliseconds = 20_000;

/** The engine as the host sees it: forked on first use, stopped when idle, forked anew after a crash. */
export class EngineClient {
  private process: EngineProcess | undefined;
  private started: Promise<EngineInfo> | undefined;
  private idleTimer: NodeJS.Timeout | undefined;
  private working = 0;
  private stops = 0;
  private readonly changed = new Emitter<EngineState>();
  private current: EngineState = { status: 'stopped' };
  private held: ReadonlySet<number> = new Set();
  /** What the next process is asked before it starts a backend. */
  private first: ((process: EngineProcess) => Promise<unknown>) | undefined;

  readonly onDidChange = this.changed.event;

  constructor(private readonly options: EngineClientOptions) {}

  get state(): EngineState {
    return this.current;
  }

  /** The runs that its process holds, as it says itself. */
  get runs(): ReadonlySet<number> {
    return this.held;
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** Starts the engine if it does not run, and says which backend it chose. */
  start(): Promise<EngineInfo> {
    if (this.started) {
      this.resetIdleTimer();
      return this.started;
    }
    // Starting is work too: the idle timer must not end it.
    this.working += 1;
    const started = this.launch()
      .catch((error: unknown) => {
        if (this.started === started) this.started = undefined;
        throw error;
      })
      .finally(() => {
        this.working -= 1;
        this.resetIdleTimer();
      });
    this.started = started;
    return started;
  }

  call<K extends Name>(
    method: K,
    params: EngineMethods[K]['params'],
    options: Options<K> = {},
  ): Promise<EngineMethods[K]['result']> {
    return this.ask(({ rpc }) => rpc.call(method, params, options));
  }

  /** Asks what needs no backend: a process that has none yet answers before it starts one, which takes longer. */
  callFirst<K extends Name>(
    method: K,
    params: EngineMethods[K]['params'],
    options: Options<K> = {},
  ): Promise<EngineMethods[K]['result']> {
    if (this.started) return this.call(method, params, options);
    return new Promise((resolve, reject) => {
      this.first = ({ rpc }) => rpc.call(method, params, options).then(resolve, reject);
      // Where no process comes about; else the answer was there before.
      this.start().catch(reject);
    });
  }

  /** The same of what trains. */
  train<K extends keyof TrainerMethods>(
    method: K,
    params: TrainerMethods[K]['params'],
    options: CallOptions<TrainerMethods[K]['progress']> = {},
  ): Promise<TrainerMethods[K]['result']> {
    return this.ask(({ trainer }) => trainer.call(method, params, options));
  }

  private async ask<T>(question: (process: EngineProcess) => Promise<T>): Promise<T> {
    this.working += 1;
    this.resetIdleTimer();
    try {
      await this.start();
      const { process } = this;
      if (!process) throw new ClosedError('the engine stopped before the work began');
      return await question(process).catch((error: unknown) => {
        if (error instanceof CancelledError) void this.expectAnswer(process);
        if (isOf('OutOfMemoryError', error) && this.process === process) this.stop();
        throw error;
      });
    } finally {
      this.working -= 1;
      this.resetIdleTimer();
    }
  }

  /** Ends the process now; the next call starts another. */
  stop(): void {
    this.stops += 1;
    clearTimeout(this.idleTimer);
    const { process } = this;
    this.process = undefined;
    this.started = undefined;
    process?.rpc.close('the engine was stopped');
    process?.kill();
    this.setState({ status: 'stopped' });
  }

  dispose(): void {
    this.stop();
    this.changed.dispose();
  }

  private async launch(): Promise<EngineInfo> {
    this.setState({ status: 'starting' });
    const { stops } = this;
    try {
      const info = await this.startWithFallback();
      log.info(`engine: ${info.backend} ${info.version}, ${info.threads} thread(s)`);
      for (const { backend, threads = 1, why } of info.refused) {
        log.info(`engine: not ${backend}${threads > 1 ? ` on ${threads} threads` : ''}: ${why}`);
      }
      this.setState({ status: 'ready', info });
      return info;
    } catch (error) {
      // One that was stopped meanwhile has said so already.
      if (stops === this.stops) {
        const why = error instanceof Error ? error.message : String(error);
        this.setState({ status: 'failed', why });
      }
      throw error;
    }
  }

  /** Starts a process; where a backend takes it down or never comes back, another one without that backend. */
  private async startWithFallback(): Promise<EngineInfo> {
    const { backend } = this.options.settings();
    const wantsAddon = backend === 'auto' || backend === 'tensorflow';
    const addon = wantsAddon ? this.options.addon() : undefined;
    const addonPath = addon && 'path' in addon ? addon.path : undefined;
    const refused: Refusal[] = addon && 'why' in addon ? [refusal(addon.why)] : [];
    const { stops } = this;
    for (;;) {
      let last: Attempt | undefined;
      const onAttempt = (attempt: Attempt): void => void (last = attempt);
      try {
        return await this.startProcess({ backend, addonPath, refused }, onAttempt);
      } catch (error) {
        const tried: Attempt | undefined = last;
        if (!(error instanceof ClosedError) || !tried || stops !== this.stops) throw error;
        const what = tried.backend === 'tensorflow' ? `loaded ${addonPath ?? ''}` : 'started';
        refused.push({ ...tried, why: `${error.message} while it ${what}` });
      }
    }
  }

  private async startProcess(
    params: StartParams,
    onAttempt: (attempt: Attempt) => void,
  ): Promise<EngineInfo> {
    const { bundle, environment } = this.options;
    const process = forkEngine(bundle, {
      environment,
      onExit: (why) => this.afterExit(process, why),
      onRuns: (runs) => {
        if (this.process === process) this.held = new Set(runs);
      },
    });
    this.process = process;
    const { first } = this;
    this.first = undefined;
    await first?.(process);
    let deadline: NodeJS.Timeout | undefined;
    const onProgress = (attempt: Attempt): void => {
      onAttempt(attempt);
      clearTimeout(deadline);
      const { threadsMilliseconds = usualThreadsMilliseconds } = this.options;
      if (attempt.threads !== undefined) deadline = setTimeout(process.kill, threadsMilliseconds);
    };
    try {
      return await process.rpc.call('start', params, { onProgress });
    } catch (error) {
      if (this.process === process) this.process = undefined;
      process.kill();
      throw error;
    } finally {
      clearTimeout(deadline);
    }
  }

  private afterExit(process: EngineProcess, why: string): void {
    if (this.process !== process) return;
    this.process = undefined;
    if (this.current.status !== 'ready') return;
    this.started = undefined;
    this.setState({ status: 'failed', why: `the engine ${why}; the next picture starts it again` });
  }

  private setState(state: EngineState): void {
    this.current = state;
    // Whatever comes next is another process, which holds nothing of this one's.
    if (state.status !== 'ready') this.held = new Set();
    this.changed.fire(state);
  }

  private resetIdleTimer(): void {
    clearTimeout(this.idleTimer);
    if (this.working > 0) return;
    this.idleTimer = setTimeout(() => {
      if (!this.process) return;
      log.info('engine: idle, stopping');
      this.stop();
    }, this.options.settings().idleMilliseconds);
  }

  /** A cancelled piece of work that cannot hear (a decoder deep in a picture) must not hold up the next. */
  private async expectAnswer(process: EngineProcess): Promise<void> {
    const timer = setTimeout(() => {
      log.warn('engine: did not hear the cancellation, stopping');
      if (this.process === process) this.stop();
    }, cancelGraceMilliseconds);
    try {
      await process.rpc.call('usage', undefined);
    } catch (error) {
      log.debug(`engine: gone after a cancellation: ${String(error)}`);
    } finally {
      clearTimeout(timer);
    }
  }
}

function refusal(why: string): StartParams['refused'][number] {
  return { backend: 'tensorflow', why };
}

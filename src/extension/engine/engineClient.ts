import { EventEmitter } from 'vscode';
import type { EngineInfo, EngineMethods, StartParams } from '../../protocol/engineProtocol';
import type { EngineState } from '../../protocol/panelProtocol';
import type { CallOptions } from '../../protocol/rpc';
import { CancelledError, ClosedError } from '../../protocol/rpc';
import { log } from '../log';
import type { Settings } from '../settings';
import type { AddonChoice } from './findAddon';
import type { EngineProcess } from './engineProcess';
import { forkEngine } from './engineProcess';

interface EngineClientOptions {
  readonly bundle: string;
  readonly addon: () => AddonChoice;
  readonly settings: () => Settings;
}

type Name = keyof EngineMethods;
type Options<K extends Name> = CallOptions<EngineMethods[K]['progress']>;

/** How long the engine may take to hear that its work was cancelled before it is replaced. */
const cancelGraceMilliseconds = 10_000;

/** The engine as the host sees it: forked on first use, stopped when idle, forked anew after a crash. */
export class EngineClient {
  private process: EngineProcess | undefined;
  private started: Promise<EngineInfo> | undefined;
  private idleTimer: NodeJS.Timeout | undefined;
  private working = 0;
  private readonly changed = new EventEmitter<EngineState>();
  private current: EngineState = { status: 'stopped' };
  /** Changes with every process: what one holds, the next does not. */
  generation = 0;

  readonly onDidChange = this.changed.event;

  constructor(private readonly options: EngineClientOptions) {}

  get state(): EngineState {
    return this.current;
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** Starts the engine if it does not run, and says which backend it chose. */
  start(): Promise<EngineInfo> {
    this.restIdle();
    this.started ??= this.launch().catch((error: unknown) => {
      this.started = undefined;
      throw error;
    });
    return this.started;
  }

  async call<K extends Name>(
    method: K,
    params: EngineMethods[K]['params'],
    options: Options<K> = {},
  ): Promise<EngineMethods[K]['result']> {
    this.working += 1;
    this.restIdle();
    try {
      await this.start();
      const { process } = this;
      if (!process) throw new ClosedError('the engine stopped before the work began');
      return await process.rpc.call(method, params, options).catch((error: unknown) => {
        if (error instanceof CancelledError) void this.expectAnswer(process);
        throw error;
      });
    } finally {
      this.working -= 1;
      this.restIdle();
    }
  }

  /** Ends the process now; the next call starts another. */
  stop(): void {
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
    try {
      const info = await this.climb();
      log.info(`engine: ${info.backend} ${info.version}, ${info.threads} thread(s)`);
      for (const { backend, why } of info.refused) log.info(`engine: not ${backend}: ${why}`);
      this.setState({ status: 'ready', info });
      return info;
    } catch (error) {
      this.setState({
        status: 'failed',
        why: error instanceof Error ? error.message : String(error),
      });
      throw error;
    }
  }

  /** Starts a process, and a second one without the addon where that crashes while it loads. */
  private async climb(): Promise<EngineInfo> {
    const { backend } = this.options.settings();
    if (backend === 'wasm' || backend === 'cpu') return await this.startWithout(backend, []);
    const addon = this.options.addon();
    if ('why' in addon) return await this.startWithout(backend, [refusal(addon.why)]);
    try {
      return await this.startProcess({ backend, addonPath: addon.path, refused: [] });
    } catch (error) {
      if (backend !== 'auto' || !(error instanceof ClosedError)) throw error;
      const why = `${error.message} while it loaded ${addon.path}`;
      return await this.startWithout(backend, [refusal(why)]);
    }
  }

  private startWithout(
    backend: StartParams['backend'],
    refused: StartParams['refused'],
  ): Promise<EngineInfo> {
    return this.startProcess({ backend, addonPath: undefined, refused });
  }

  private async startProcess(params: StartParams): Promise<EngineInfo> {
    const process = forkEngine(this.options.bundle, (why) => this.afterExit(process, why));
    this.process = process;
    this.generation += 1;
    try {
      return await process.rpc.call('start', params);
    } catch (error) {
      if (this.process === process) this.process = undefined;
      process.kill();
      throw error;
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
    this.changed.fire(state);
  }

  private restIdle(): void {
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

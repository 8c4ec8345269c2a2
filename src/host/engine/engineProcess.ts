import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { EngineMethods, EngineNews } from '../../protocol/engineProtocol';
import type { Message } from '../../protocol/rpc';
import type { TrainerMethods } from '../../protocol/trainerProtocol';
import { withArrays } from '../../protocol/messageArrays';
import { Rpc } from '../../protocol/rpc';
import { log } from '../log';

/** One forked engine and the channel to it. */
export interface EngineProcess {
  readonly rpc: Rpc<EngineNews, EngineMethods>;
  /** The same channel, for what trains. */
  readonly trainer: Rpc<EngineNews, TrainerMethods>;
  readonly pid: number | undefined;
  kill(): void;
}

interface ForkOptions {
  /** Hears once when the process is gone, with the reason in words. */
  readonly onExit: (why: string) => void;
  /** Hears which runs the engine holds, whenever that has changed. */
  readonly onRuns?: (runs: readonly number[]) => void;
  /** Beside this process's own variables. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** Forks the engine's bundle. */
export function forkEngine(
  bundle: string,
  { onExit, onRuns, environment }: ForkOptions,
): EngineProcess {
  const child = fork(bundle, [], {
    // The host's own flags may open a debugger port, which a second process cannot share.
    execArgv: [],
    env: { ...process.env, ...environment, ELECTRON_RUN_AS_NODE: '1' },
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  log.info(`engine: process ${child.pid ?? 'unknown'} started`);
  logLines(child);
  const rpc = new Rpc<EngineNews, EngineMethods>(
    {
      send: (message) => void child.send(message),
      receive: (listener) =>
        void child.on('message', (message) => listener(ownArrays(message as Message))),
    },
    { runsHeld: ({ runs }) => onRuns?.(runs) },
  );
  let gone = false;
  const leave = (why: string): void => {
    if (gone) return;
    gone = true;
    log.info(`engine: process ${child.pid ?? 'unknown'} ${why}`);
    rpc.close(`the engine ${why}`);
    onExit(why);
  };
  child.on('error', (error: NodeJS.ErrnoException) => {
    // The channel of a process that has just ended: how it ended is about to be told.
    if (error.code !== 'ERR_IPC_CHANNEL_CLOSED') leave(`could not run (${error.message})`);
  });
  child.on('exit', (code, signal) =>
    leave(signal ? killedBy(signal) : `exited (code ${code ?? '?'})`),
  );
  const trainer = rpc as unknown as EngineProcess['trainer'];
  return { rpc, trainer, pid: child.pid, kill: () => void child.kill('SIGKILL') };
}

function killedBy(signal: NodeJS.Signals): string {
  // V8 ends the process so where its heap is full.
  const hint = signal === 'SIGABRT' ? ', perhaps for want of memory' : '';
  return `was killed (${signal})${hint}`;
}

function logLines(child: ChildProcess): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream)
      createInterface({ input: stream }).on('line', (line) => log.debug(`engine: ${line}`));
  }
}

/**
 * A message whose typed arrays own their bytes. Node reads them as views of the whole message, which a kept array would
 * keep alive.
 */
export function ownArrays<T>(message: T): T {
  return withArrays(message, (array) =>
    array.byteLength === array.buffer.byteLength ? array : array.slice(),
  );
}

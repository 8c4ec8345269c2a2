import { fork } from 'node:child_process';
import { resolve as path } from 'node:path';
import { library } from '../../src/library/alexNets';
import type { ModelDocument } from '../../src/network/modelDocument';
import type { EngineMethods, EngineNews } from '../../src/protocol/engineProtocol';
import type { Message } from '../../src/protocol/rpc';
import type { TrainerMethods } from '../../src/protocol/trainerProtocol';
import { ClosedError, Rpc } from '../../src/protocol/rpc';

export interface EngineChild {
  readonly rpc: Rpc<EngineNews, EngineMethods>;
  /** The same channel, for what trains. */
  readonly trainer: Rpc<EngineNews, TrainerMethods>;
  readonly pid: number;
  /** Its exit code. */
  readonly ended: Promise<number | null>;
  /** Closes the channel, as the end of the host does. */
  disconnect(): void;
  stop(): void;
}

/** A process that ends early is what its test is about; anything else is an error. */
function ignoreClosed(error: unknown): void {
  if (!(error instanceof ClosedError)) throw error;
}

/** The built engine in a process of its own, as the extension host runs it, with these documents open. */
export function forkEngineChild(
  bundle = path('dist/engine.js'),
  documents: readonly ModelDocument[] = library,
): EngineChild {
  const child = fork(bundle, [], { serialization: 'advanced', execArgv: [] });
  const rpc = new Rpc<EngineNews, EngineMethods>(
    {
      send: (message) => child.send(message),
      receive: (listener) => child.on('message', (message) => listener(message as Message)),
    },
    { runsHeld: () => undefined },
  );
  // Handled in order: these are known before anything that is asked for later.
  for (const document of documents) {
    rpc.call('openDocument', { document }).catch(ignoreClosed);
  }
  child.on('exit', (code, signal) => rpc.close(`the engine ended (${signal ?? code})`));
  const trainer = rpc as unknown as EngineChild['trainer'];
  return {
    rpc,
    trainer,
    pid: child.pid!,
    ended: new Promise((resolve) => child.on('exit', resolve)),
    disconnect: () => child.disconnect(),
    stop: () => child.kill('SIGKILL'),
  };
}

import { availableParallelism } from 'node:os';
import type { Attempt, EngineInfo, Refusal, StartParams } from '../../protocol/engineProtocol';
import { EngineError } from '../runtime/engineError';
import { yieldToEventLoop } from '../runtime/pacing';
import type { Backend } from './backend';
import { cpuBackend } from './cpuBackend';
import { proveBackend } from './knownAnswer';
import { nativeBackend } from './nativeBackend';
import { threadedWasmBackend, wasmBackend } from './wasmBackend';
import { maxWasmThreads } from './wasmThreads';

const ladder: readonly Backend[] = [nativeBackend, threadedWasmBackend, wasmBackend, cpuBackend];

/**
 * Starts the first backend that proves itself, or the one asked for; keeps why the better ones were refused.
 * Each is announced first: one that takes the process down, or never comes back, is known by that.
 */
export async function startBackend(
  { backend, addonPath, refused: known, threads: wanted }: StartParams,
  wasmDirectory: string,
  announce: (attempt: Attempt) => void,
): Promise<EngineInfo> {
  const refused = [...known];
  const threads = Math.min(wanted ?? availableParallelism(), maxWasmThreads);
  const rungs = ladder.filter(
    (rung) =>
      (backend === 'auto' || rung.id === backend) &&
      !(rung.parallel && threads < 2) &&
      !known.some((refusal) => isOf(rung, refusal)),
  );
  for (const rung of rungs) {
    const attempt = { backend: rung.id, ...(rung.parallel ? { threads } : {}) };
    try {
      announce(attempt);
      await yieldToEventLoop();
      const started = await rung.start({ addonPath, threads, wasmDirectory });
      proveBackend();
      return { backend: rung.id, ...started, refused };
    } catch (error) {
      rung.undo?.();
      refused.push({ ...attempt, why: error instanceof Error ? error.message : String(error) });
    }
  }
  const reasons = refused.map(({ backend: id, why }) => `${id}: ${why}`).join('; ');
  throw new EngineError(`no backend runs here (${reasons}); set alexnet.engine.backend to auto`);
}

function isOf(rung: Backend, refusal: Refusal): boolean {
  return (
    rung.id === refusal.backend && (rung.parallel ?? false) === (refusal.threads !== undefined)
  );
}

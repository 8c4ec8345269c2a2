import type { EngineInfo, StartParams } from '../../protocol/engineProtocol';
import { EngineError } from '../engineError';
import type { Backend } from './backend';
import { cpuBackend } from './cpuBackend';
import { proveBackend } from './knownAnswer';
import { nativeBackend } from './nativeBackend';
import { wasmBackend } from './wasmBackend';

const ladder: readonly Backend[] = [nativeBackend, wasmBackend, cpuBackend];

/** Starts the first backend that proves itself, or the one asked for; keeps why the better ones were refused. */
export async function startBackend({
  backend,
  addonPath,
  refused: known,
}: StartParams): Promise<EngineInfo> {
  const refused = [...known];
  const rungs = ladder.filter(
    ({ id }) =>
      (backend === 'auto' || id === backend) && !known.some((rung) => rung.backend === id),
  );
  for (const rung of rungs) {
    try {
      const { threads, version } = await rung.start(addonPath);
      proveBackend();
      return { backend: rung.id, threads, version, refused };
    } catch (error) {
      refused.push({
        backend: rung.id,
        why: error instanceof Error ? error.message : String(error),
      });
    }
  }
  const reasons = refused.map(({ backend: id, why }) => `${id}: ${why}`).join('; ');
  throw new EngineError(`no backend runs here (${reasons}); set alexnet.engine.backend to auto`);
}

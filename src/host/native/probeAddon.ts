import type { EngineInfo } from '../../protocol/engineProtocol';
import { ClosedError } from '../../protocol/rpc';
import { forkEngine } from '../engine/engineProcess';
import { NativeError } from './nativePackage';

/** TensorFlow loads within seconds, even from a slow disk. */
const usualLimitMilliseconds = 60_000;

/** Starts an engine on an addon in a process of its own, which computes a known answer; throws why that failed. */
export async function probeAddon(
  bundle: string,
  addonPath: string,
  signal: AbortSignal,
  limitMilliseconds = usualLimitMilliseconds,
): Promise<EngineInfo> {
  let process: ReturnType<typeof forkEngine> | undefined;
  const late = new AbortController();
  const gone = new Promise<void>((resolve) => {
    process = forkEngine(bundle, { onExit: () => resolve() });
  });
  const timer = setTimeout(() => {
    late.abort();
    process?.kill();
  }, limitMilliseconds);
  try {
    const params = { backend: 'auto', addonPath, refused: [] } as const;
    const info = await process?.rpc.call('start', params, { signal });
    if (info?.backend === 'tensorflow') return info;
    throw new NativeError(info?.refused[0]?.why ?? 'it did not start');
  } catch (error) {
    if (late.signal.aborted && error instanceof ClosedError)
      throw new NativeError(`it hangs: no answer in ${limitMilliseconds / 1000} s`, {
        cause: error,
      });
    throw error;
  } finally {
    clearTimeout(timer);
    process?.kill();
    // Windows keeps a library's file locked until then.
    await gone;
  }
}

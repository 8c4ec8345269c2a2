import type { BackendId } from '../../protocol/engineProtocol';

/** One rung of the ladder. Starting makes it TensorFlow.js' current backend, or throws saying why it cannot be. */
export interface Backend {
  readonly id: BackendId;
  start(
    addonPath: string | undefined,
  ): Promise<{ readonly threads: number; readonly version: string }>;
}

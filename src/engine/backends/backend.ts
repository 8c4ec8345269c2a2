import type { BackendId } from '../../protocol/engineProtocol';

export interface BackendOptions {
  readonly addonPath: string | undefined;
  /** How many threads are wanted; the native backend has its own pool. */
  readonly threads: number;
  /** Where the .wasm files and the script of their threads lie. */
  readonly wasmDirectory: string;
}

/** One rung of the ladder. Starting makes it TensorFlow.js' current backend, or throws saying why it cannot be. */
export interface Backend {
  readonly id: BackendId;
  /** Whether this is the backend on several threads, which is passed over where one is wanted. */
  readonly parallel?: boolean;
  start(options: BackendOptions): Promise<{ readonly threads: number; readonly version: string }>;
  /** Takes away what a failed start left in the way of the next rung. */
  undo?(): void;
}

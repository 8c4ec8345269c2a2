import { createRequire } from 'node:module';

type Fetched = Record<string, { readonly data: Float32Array }>;

/** What is used here of onnxruntime-node and -web, which lie in a cache and not among the packages. */
export interface OnnxRuntime {
  readonly env: {
    readonly versions: { readonly common?: string };
    readonly wasm: { numThreads?: number };
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => unknown;
  readonly InferenceSession: {
    create(
      model: string | Uint8Array,
      options: object,
    ): Promise<{ run(feeds: object): Promise<Fetched> }>;
  };
}

/** `beside` is a file in the folder of its packages. */
export function loadOnnxRuntime(
  beside: string,
  name: 'onnxruntime-node' | 'onnxruntime-web',
): OnnxRuntime {
  return createRequire(beside)(name) as OnnxRuntime;
}

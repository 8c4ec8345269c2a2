// The codecs' own types need the DOM library; these declare only what is used here.

declare module '@jsquash/jpeg/codec/dec/mozjpeg_dec.js' {
  const factory: import('./wasmCodec').CodecFactory<{
    decode(data: Uint8Array, preserveOrientation: boolean): import('./wasmCodec').Rgba | null;
  }>;
  export default factory;
}

declare module '@jsquash/webp/codec/dec/webp_dec.js' {
  const factory: import('./wasmCodec').CodecFactory<{
    decode(data: Uint8Array): import('./wasmCodec').Rgba | null;
  }>;
  export default factory;
}

declare module '@jsquash/avif/codec/dec/avif_dec.js' {
  const factory: import('./wasmCodec').CodecFactory<{
    decode(data: Uint8Array, bitDepth: 8): import('./wasmCodec').Rgba | null;
  }>;
  export default factory;
}

// Node has WebAssembly, but TypeScript declares it only in the DOM library.
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: object);
    readonly exports: object;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
}

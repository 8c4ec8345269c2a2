import libavif from '@jsquash/avif/codec/dec/avif_dec.js';
import { checkAvifComplete } from './avifBoxes';
import { ByteReader } from '../byteReader';
import type { Pixels } from '../picture';
import { decodeWithCodec, type Codec, type Rgba } from '../wasmCodec';

interface Module {
  readonly decode: (data: Uint8Array, bitDepth: 8) => Rgba | null;
}

const codec: Codec<Module> = {
  format: 'avif',
  file: 'avif_dec.wasm',
  factory: libavif,
  decode: (module, bytes) => module.decode(bytes, 8),
};

/** Stored pixels; the codec's colour conversion differs from Pillow's by a level here and there. */
export function decodeAvif(bytes: Uint8Array, wasmDirectory: string): Promise<Pixels> {
  checkAvifComplete(new ByteReader(bytes, 'AVIF'));
  return decodeWithCodec(codec, bytes, wasmDirectory);
}

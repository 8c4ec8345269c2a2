import libavif from '@jsquash/avif/codec/dec/avif_dec.js';
import { ByteReader, cutShort } from '../byteReader';
import { avifBoxes } from './avifBoxes';
import { withPixi } from './withPixi';
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

/** Decodes the stored pixels; the codec's colour conversion differs from Pillow's by one level in places. */
export function decodeAvif(bytes: Uint8Array, wasmDirectory: string): Promise<Pixels> {
  checkAvifComplete(new ByteReader(bytes, 'AVIF'));
  return decodeWithCodec(codec, withPixi(bytes), wasmDirectory);
}

/** Throws a PictureError where the file ends inside one of its outermost boxes, of which mdat holds the pixels. */
function checkAvifComplete(reader: ByteReader): void {
  const types = [...avifBoxes(reader, 0, reader.length)].map(({ type }) => type);
  if (!types.includes('mdat') && !types.includes('meta')) throw cutShort('AVIF');
}

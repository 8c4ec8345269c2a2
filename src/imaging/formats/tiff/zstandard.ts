import { ZSTDDecoder } from 'zstddec';
import { damaged } from '../byteReader';

const decoder = new ZSTDDecoder();

/** Unpacks one strip or tile by the reference decoder: fzstd 0.1 takes broken data for whole. */
export async function unpackZstandard(data: Uint8Array, size: number): Promise<Uint8Array> {
  await decoder.init();
  const bytes = decoder.decode(data, size);
  // It gives nothing where an error is.
  if (bytes.length === 0) throw damaged('TIFF', 'its compressed data is wrong');
  return bytes;
}

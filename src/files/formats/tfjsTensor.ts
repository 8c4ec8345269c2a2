import type { ByteSource } from '../bytes/byteSource';
import { partPieces } from '../bytes/sliceSource';
import type { Packing } from '../containers/tfjsManifest';
import type { PlacedEntry } from '../containers/tfjsShards';
import { rawTensor } from '../tensors/rawTensor';
import type { TensorInFile } from '../tensors/tensorFile';

/** A weight of a TensorFlow.js model: floats, half floats, or integers that stand for them. */
export function tfjsTensor(
  { entry: { name, shape, byteLength }, source, offset }: PlacedEntry,
  packing: Packing,
): TensorInFile {
  if ('scale' in packing) {
    return { name, shape, byteLength, pieces: () => unpack(source, offset, byteLength, packing) };
  }
  return rawTensor(source, { name, type: packing.type, shape, offset, byteLength });
}

async function* unpack(
  source: ByteSource,
  offset: number,
  byteLength: number,
  { type, scale, min }: Extract<Packing, { scale: number }>,
): AsyncGenerator<Float32Array> {
  for await (const bytes of partPieces(source, offset, byteLength)) {
    const integers =
      type === 'U8' ? bytes : new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
    const values = new Float32Array(integers.length);
    for (let i = 0; i < values.length; i++) values[i] = (integers[i] ?? 0) * scale + min;
    yield values;
  }
}

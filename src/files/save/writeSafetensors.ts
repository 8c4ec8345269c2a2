import { elementCount } from '../../network/tensor/shape';
import type { SavePlace, WeightToSave, WriteWeights } from './weightToSave';
import { bytesOf } from './weightToSave';

/** Alignment of the tensors. */
const alignment = 8;

/** Writes the header of JSON, then the tensors back to back. */
export const writeSafetensors: WriteWeights = async (weights, place) => {
  const file = await place.folder.add(place.name);
  const header = Buffer.from(JSON.stringify(describe(weights, place)));
  const padding = Buffer.alloc(-header.length & (alignment - 1), ' ');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length + padding.length));
  await file.write(Buffer.concat([length, header, padding]));
  for (const weight of weights) await file.write(bytesOf(await weight.values()));
};

/** Several networks share names and shapes: the metadata say which one this is. */
function describe(
  weights: readonly WeightToSave[],
  { documentId, metadata }: Pick<SavePlace, 'documentId' | 'metadata'>,
): Record<string, unknown> {
  const header: Record<string, unknown> = {
    __metadata__: { format: 'pt', variant: documentId, ...metadata },
  };
  let offset = 0;
  for (const { name, shape } of weights) {
    const end = offset + Float32Array.BYTES_PER_ELEMENT * elementCount(shape);
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, end] };
    offset = end;
  }
  return header;
}

import { crc32 } from 'node:zlib';
import type { Shape } from '../../network/tensor/shape';
import type { PartFile } from './partFolder';
import type { WeightToSave, WriteWeights } from './weightToSave';
import { bytesOf } from './weightToSave';

/** Alignment of a .npy's numbers, so that they can be mapped into memory. */
const alignment = 64;

/** Writes NumPy's archive: a zip with each weight as an uncompressed .npy. */
export const writeNpz: WriteWeights = async (weights, { folder, name }) => {
  const file = await folder.add(name);
  const directory: Buffer[] = [];
  for (const weight of weights) directory.push(await addEntry(file, weight));
  const start = file.size;
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(start, 16);
  await file.write(Buffer.concat([entries, end]));
};

/** Writes a file of the archive; returns its entry for the directory. */
async function addEntry(file: PartFile, { name, shape, values }: WeightToSave): Promise<Buffer> {
  const offset = file.size;
  const header = npyHeader(shape);
  const bytes = bytesOf(await values());
  const path = Buffer.from(`${name}.npy`);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  // A fixed date, 1 January 1980, so that equal weights make equal files.
  common.writeUInt16LE(0x21, 8);
  common.writeUInt32LE(crc32(bytes, crc32(header)), 10);
  common.writeUInt32LE(header.length + bytes.length, 14);
  common.writeUInt32LE(header.length + bytes.length, 18);
  common.writeUInt16LE(path.length, 22);
  await file.write(Buffer.concat([Buffer.from('PK\x03\x04'), common, path, header]));
  await file.write(bytes);
  const place = Buffer.alloc(14);
  place.writeUInt32LE(offset, 10);
  return Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), common, place, path]);
}

function npyHeader(shape: Shape): Buffer {
  const sizes = shape.length === 1 ? `${shape[0] ?? 0},` : shape.join(', ');
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${sizes}), }`;
  const length = Math.ceil((10 + dictionary.length + 1) / alignment) * alignment;
  const header = Buffer.alloc(length, ' ');
  header.write('\x93NUMPY\x01\0', 'latin1');
  header.writeUInt16LE(length - 10, 8);
  header.write(dictionary, 10);
  header.write('\n', length - 1);
  return header;
}

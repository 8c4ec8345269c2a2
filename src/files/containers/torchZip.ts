import type { ByteSource } from '../bytes/byteSource';
import { partPieces } from '../bytes/sliceSource';
import { pieceBytes } from '../bytes/byteSource';
import { WeightsError } from '../bytes/weightsError';
import { maxArrayPickleBytes, maxPickleBytes, unpickle } from './pickle';
import type { TorchArchive } from './torchArchive';
import { torchWorld } from './torchGlobals';
import type { ZipEntries, ZipEntry } from './zip';
import { openZip } from './zip';

type Bytes = Uint8Array<ArrayBuffer>;

/** Opens torch.save's archive since PyTorch 1.6: a folder with the pickle and a file for each storage. */
export async function openTorchZip(source: ByteSource): Promise<TorchArchive> {
  const entries = await openZip(source);
  const folder = torchFolder(entries);
  const pickle = entries.get(`${folder}data.pkl`);
  if (!pickle) throw new WeightsError('the archive has no data.pkl');
  // What is compressed could become far larger than the file.
  const most = pickle.stored ? maxArrayPickleBytes : maxPickleBytes;
  const { value: root } = unpickle(await wholeEntry(source, pickle, most), 0, torchWorld);
  return {
    root,
    bigEndian: await isBigEndian(source, entries.get(`${folder}byteorder`)),
    storageBytes({ key }) {
      const entry = entries.get(`${folder}data/${key}`);
      if (!entry) throw new WeightsError(`the archive has no data/${key}`);
      return {
        size: entry.size,
        pieces: (offset, length) => entryPieces(source, entry, offset, length),
      };
    },
  };
}

function torchFolder(entries: ZipEntries): string {
  const names = [...entries.keys()];
  const pickles = names.filter((name) => /^(?:[^/]+\/)?data\.pkl$/.test(name));
  const [pickle] = pickles;
  if (pickle === undefined || pickles.length > 1) {
    const held = names.slice(0, 5).join(', ') || 'nothing';
    throw new WeightsError(
      `the file is a zip archive of ${held}, not weights: PyTorch's have one data.pkl, NumPy's .npz arrays`,
    );
  }
  const folder = pickle.slice(0, -'data.pkl'.length);
  if (entries.has(`${folder}constants.pkl`) || names.some((n) => n.startsWith(`${folder}code/`))) {
    throw new WeightsError(
      "the archive is a TorchScript program: load it in Python and save the model's state_dict()",
    );
  }
  return folder;
}

/** Whether numbers are big-endian; archives before PyTorch 2.0 do not tell and are little-endian. */
async function isBigEndian(source: ByteSource, entry: ZipEntry | undefined): Promise<boolean> {
  if (!entry) return false;
  const order = Buffer.from(await wholeEntry(source, entry, 16)).toString('latin1');
  if (order !== 'little' && order !== 'big') {
    throw new WeightsError(`the archive's byteorder is ${JSON.stringify(order)}`);
  }
  return order === 'big';
}

async function wholeEntry(source: ByteSource, entry: ZipEntry, most: number): Promise<Bytes> {
  const { name, size } = entry;
  if (size > most) {
    throw new WeightsError(`${name} has ${size} bytes, more than ${most} make no sense`);
  }
  for await (const piece of entryPieces(source, entry, 0, size, most)) return piece;
  throw new WeightsError(`${name} is empty`);
}

/** Reads stored entries in place and without checksum, as PyTorch may write none; a piece is valid until the next. */
async function* entryPieces(
  source: ByteSource,
  entry: ZipEntry,
  offset: number,
  length: number,
  most = pieceBytes,
): AsyncGenerator<Bytes> {
  if (entry.stored) {
    yield* partPieces(source, entry.stored.offset + offset, length, most);
    return;
  }
  let left = length;
  for await (const piece of entry.pieces({ from: offset, most, reuse: true })) {
    yield piece.subarray(0, left);
    left -= piece.length;
    if (left <= 0) return;
  }
}

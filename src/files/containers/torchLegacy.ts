import type { ByteSource } from '../bytes/byteSource';
import { partPieces, sliceSource } from '../bytes/sliceSource';
import { WeightsError } from '../bytes/weightsError';
import { maxArrayPickleBytes, maxPickleBytes, unpickle } from './pickle';
import type { PickleWorld } from './pickleMachine';
import { damaged, kind } from './pickleMachine';
import { PickleEndError } from './pickleReader';
import type { PickleValue } from './pickleValue';
import type { TorchArchive } from './torchArchive';
import { torchWorld } from './torchGlobals';
import { TorchStorage } from './torchStorage';

const magicNumber = 0x1950a86a20f9469cfc6cn;
const formVersion = 1001;
const countBytes = 8;
/** Bytes that hold the first pickle, the magic number alone, in every protocol. */
export const legacyStartBytes = 32;

/** Whether a file begins with a pickle of torch.save's magic number. */
export function isTorchLegacy(start: Uint8Array): boolean {
  const magic = Buffer.from(magicNumber.toString(16), 'hex').reverse();
  return start[0] === 0x80 && Buffer.from(start).includes(magic);
}

/** Opens the form of PyTorch 0.1.10 to 1.5: five pickles, then the storages, back to back. */
export async function openTorchLegacy(source: ByteSource): Promise<TorchArchive> {
  try {
    return await openFrom(source, maxPickleBytes);
  } catch (error) {
    const isLonger = error instanceof PickleEndError && source.size > maxPickleBytes;
    if (!isLonger) throw error;
    return await openFrom(source, maxArrayPickleBytes);
  }
}

/** Opens it by its first bytes, which hold the pickles. */
async function openFrom(source: ByteSource, most: number): Promise<TorchArchive> {
  const start = await source.read(0, Math.min(source.size, most));
  const named: Named = new Map();
  const world = noting(named);
  let end = 0;
  const next = (): PickleValue => {
    const read = unpickle(start, end, world);
    end = read.end;
    return read.value;
  };
  if (next() !== magicNumber) throw new WeightsError("the file lacks PyTorch's magic number");
  const version = next();
  if (version !== formVersion) {
    throw new WeightsError(`the file's form has version ${kind(version)}, not ${formVersion}`);
  }
  // Describes the machine that wrote the file; numbers are little-endian in any case.
  next();
  const root = next();
  const places = await storagePlaces(source, next(), end, named);
  return {
    root,
    bigEndian: false,
    storageBytes({ key }) {
      const place = places.get(key);
      if (!place) throw new WeightsError(`the file has no storage ${key}`);
      return {
        size: place.size,
        pieces: (offset, length) => partPieces(place, offset, length),
      };
    },
  };
}

/** Storages of the pickle by key. */
type Named = Map<string, TorchStorage>;

function noting(named: Named): PickleWorld {
  return {
    globals: torchWorld.globals,
    persistent(id) {
      const storage = torchWorld.persistent(id);
      if (storage instanceof TorchStorage) {
        const known = named.get(storage.key) ?? storage;
        if (known.type !== storage.type || known.length !== storage.length) {
          throw damaged(`describes storage ${storage.key} in two ways`);
        }
        named.set(storage.key, known);
      }
      return storage;
    },
  };
}

/** Locates the storages, each an element count and the elements, in the order of the list of keys. */
async function storagePlaces(
  source: ByteSource,
  keys: PickleValue,
  start: number,
  named: Named,
): Promise<ReadonlyMap<string, ByteSource>> {
  const places = new Map<string, ByteSource>();
  if (!Array.isArray(keys)) throw damaged(`lists its storages in ${kind(keys)}`);
  let at = start;
  for (const key of keys) {
    const storage = typeof key === 'string' ? named.get(key) : undefined;
    if (!storage) throw damaged(`lists a storage that no tensor uses, ${kind(key)}`);
    if (places.has(storage.key)) throw damaged(`lists storage ${storage.key} twice`);
    const head = await sliceSource(source, at, countBytes).read(0, countBytes);
    const count = new DataView(head.buffer).getBigInt64(0, true);
    if (count !== BigInt(storage.length)) {
      throw new WeightsError(
        `storage ${storage.key} has ${count} numbers, but ${storage.length} in the pickle`,
      );
    }
    const size = storage.length * storage.type.bytes;
    places.set(storage.key, sliceSource(source, at + countBytes, size));
    at += countBytes + size;
  }
  return places;
}

import type { ByteSource } from '../../bytes/byteSource';
import { WeightsError } from '../../bytes/weightsError';
import type { Hdf5Reader } from './hdf5Reader';

const signature = '\x89HDF\r\n\x1a\n';
const superblockBytes = 96;
/** Bytes of an address and of a length; all current machines write 8. */
const addressBytes = 8;

export async function isHdf5(source: ByteSource): Promise<boolean> {
  if (source.size < signature.length) return false;
  const start = await source.read(0, signature.length);
  return Buffer.from(start).toString('latin1') === signature;
}

/** Reads the address of the root group's header. */
export async function readSuperblock(reader: Hdf5Reader): Promise<number> {
  const cursor = (await reader.upTo(0, superblockBytes)).expect(signature);
  const version = cursor.u8();
  if (version > 3) throw new WeightsError(`HDF5's version ${version} is not known here`);
  const old = version < 2;
  if (old) cursor.skip(4);
  const widths = [cursor.u8(), cursor.u8()];
  if (widths.some((width) => width !== addressBytes)) {
    throw new WeightsError(
      `HDF5's addresses of ${widths.join(' and ')} bytes are not read, only 8`,
    );
  }
  if (old) cursor.skip(version === 0 ? 9 : 13);
  else cursor.skip(1);
  const base = cursor.u64();
  if (base !== 0) throw new WeightsError(`the HDF5 file begins at byte ${base} of the file`);
  const end = cursor.skip(addressBytes).u64();
  if (end > reader.size) {
    throw new WeightsError(
      `the file has ${reader.size} bytes, ${end} were written: it is cut short`,
    );
  }
  return old ? cursor.skip(2 * addressBytes).u64() : cursor.u64();
}

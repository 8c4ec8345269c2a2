import { WeightsError } from '../../bytes/weightsError';

/** Control bytes below are the length of a literal run, less one; others begin a copy of what was written. */
const firstCopy = 32;
/** The length in a control byte's upper bits that says that a byte more follows. */
const longCopy = 7;

/** Unpacks what h5py compresses by LZF; the largest result is `most` bytes. Throws a WeightsError where it is more. */
export function unpackLzf(packed: Uint8Array, most: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(most);
  let written = 0;
  for (let at = 0; at < packed.length;) {
    const control = packed[at++] ?? 0;
    if (control < firstCopy) {
      const end = at + control + 1;
      if (end > packed.length || written + control + 1 > most) throw damaged();
      whole.set(packed.subarray(at, end), written);
      written += control + 1;
      at = end;
      continue;
    }
    const short = control >> 5;
    const length = 2 + short + (short === longCopy ? (packed[at++] ?? 0) : 0);
    const distance = ((control & 0x1f) << 8) + (packed[at++] ?? 0) + 1;
    if (at > packed.length || distance > written || written + length > most) throw damaged();
    // Byte by byte: what is copied may overlap what it becomes.
    for (const end = written + length; written < end; written++) {
      whole[written] = whole[written - distance] ?? 0;
    }
  }
  return whole.subarray(0, written);
}

function damaged(): WeightsError {
  return new WeightsError('a chunk of the HDF5 file is no LZF, or holds more than its shape');
}

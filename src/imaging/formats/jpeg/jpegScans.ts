import { ByteReader, cutShort, damaged } from '../byteReader';
import {
  arithmeticTables,
  endOfImage,
  huffmanTables,
  isStartOfFrame,
  markerAt,
  progressive,
  segmentAt,
  startOfScan,
} from './jpegSegments';
import { checkHuffman, checkSampling } from './jpegTables';

/** Zeros in place of the end marker, as cameras and copies leave them. */
interface ZerosForEnd {
  /** Offset of the first of them. */
  readonly at: number;
  /** Whether the scans before them make up the whole picture. */
  readonly hasAllScans: boolean;
}

/**
 * Walks to the end marker, and checks what some decoders do not; what follows that is ignored. Throws where it is
 * missing: decoders would fill the rest with grey. Where zeros stand in its place, says where.
 */
export function zerosForEnd(bytes: Uint8Array): ZerosForEnd | undefined {
  const reader = new ByteReader(bytes, 'JPEG');
  let at = 2;
  let scans = new Scans(new Uint8Array(), false);
  for (;;) {
    if (reader.u8(markerAt(reader, at)) === endOfImage) return undefined;
    const { marker, payload, end } = segmentAt(reader, at);
    at = end;
    if (marker === arithmeticTables) throw damaged('JPEG', 'it has tables of another way to code');
    if (marker === huffmanTables) checkHuffman(payload);
    if (isStartOfFrame(marker)) {
      checkSampling(payload);
      scans = new Scans(componentIds(payload), marker === progressive);
    }
    if (marker !== startOfScan) continue;
    scans.add(payload);
    const next = endOfScan(bytes, at);
    if (next === undefined) return { at: firstOfLastZeros(bytes, at), hasAllScans: scans.areAll };
    at = next;
  }
}

/** What a frame calls its components (T.81, B.2.2). */
function componentIds(frame: Uint8Array): Uint8Array {
  return Uint8Array.from(frame.subarray(6)).filter((_, at) => at % 3 === 0);
}

const coefficients = 64;
const unseen = 16;

/** Which bits of which coefficients have come (T.81, G.1.1): of each component and coefficient the lowest one. */
class Scans {
  private readonly lowest: ReadonlyMap<number, Uint8Array>;

  constructor(
    ids: Uint8Array,
    private readonly isProgressive: boolean,
  ) {
    this.lowest = new Map(Array.from(ids, (id) => [id, new Uint8Array(coefficients).fill(unseen)]));
  }

  /** Throws where a scan is not one of components that the frame has, or comes again: some decoders go on with others. */
  add(scan: Uint8Array): void {
    const count = scan[0] ?? 0;
    const [first = 0, last = 0, bits = 0] = scan.subarray(1 + 2 * count);
    if (count < 1 || count > 4) throw wrongScan();
    for (let i = 0; i < count; i++) {
      const lowest = this.lowest.get(scan[1 + 2 * i] ?? 0);
      if (!lowest || (!this.isProgressive && lowest[0] !== unseen)) throw wrongScan();
      if (this.isProgressive) lowest.fill(bits & 15, first, last + 1);
      else lowest.fill(0);
    }
  }

  get areAll(): boolean {
    return [...this.lowest.values()].every((bits) => bits.every((lowest) => lowest === 0));
  }
}

function wrongScan(): Error {
  return damaged('JPEG', 'a scan of it is of components that it does not have');
}

/** Offset of the 0xFF before the first marker that entropy-coded data cannot contain; undefined where there is none. */
function endOfScan(bytes: Uint8Array, start: number): number | undefined {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1];
    if (code === undefined) return undefined;
    const isData = code === 0 || code === 0xff || (code >= 0xd0 && code <= 0xd7);
    if (!isData) return at;
  }
  return undefined;
}

/** At least as many as the marker has bytes. */
function firstOfLastZeros(bytes: Uint8Array, start: number): number {
  let at = bytes.length;
  while (at > start && bytes[at - 1] === 0) at--;
  if (bytes.length - at < 2) throw cutShort('JPEG');
  // A zero after 0xFF belongs to it.
  return bytes[at - 1] === 0xff ? at + 1 : at;
}

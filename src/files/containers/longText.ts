import { WeightsError } from '../bytes/weightsError';
import { PickleObject } from './pickleValue';

/** Texts of more bytes are no names: Python 3 writes an array's bytes so in protocol 2, a letter for each. */
export const longTextBytes = 2 ** 20;

/** A text that is kept as its UTF-8, as hundreds of megabytes of letters would take twice their memory. */
export class LongText extends PickleObject {
  readonly name = 'a long text';

  constructor(private readonly utf8: Uint8Array) {
    super();
  }

  /** Its letters as bytes; throws a WeightsError for one beyond Latin-1. */
  latin1(): Uint8Array {
    const { utf8 } = this;
    const bytes = new Uint8Array(utf8.length);
    let length = 0;
    for (let at = 0; at < utf8.length; at++) {
      const byte = utf8[at] ?? 0;
      if (byte < 0x80) bytes[length++] = byte;
      // Letters from 0x80 to 0xff are two bytes, of which the first is 0xc2 or 0xc3.
      else if (byte === 0xc2 || byte === 0xc3)
        bytes[length++] = ((byte & 3) << 6) | ((utf8[++at] ?? 0) & 0x3f);
      else
        throw new WeightsError('the pickle is damaged: it holds bytes as a text of other letters');
    }
    return bytes.slice(0, length);
  }
}

import { inflateSync } from 'node:zlib';

/** What a PNG says of itself besides its pixels, so far as it tells how it is to be turned. */
export interface PngAbout {
  exif?: Uint8Array;
  /** The same as ImageMagick wrote it for years, in a text chunk. */
  profile?: Uint8Array;
  xmp?: Uint8Array;
}

const profileName = 'Raw profile type exif';
const xmpName = 'XML:com.adobe.xmp';
/** A text that unpacks to more is no EXIF: it is left alone. */
const mostText = 1 << 20;

/** Takes what a chunk says; one that cannot be read says nothing, and the pixels are there all the same. */
export function readAbout(type: string, content: Uint8Array, about: PngAbout): void {
  if (type === 'eXIf') about.exif = content;
  const text = textOf(type, content);
  if (text?.keyword === profileName) about.profile = profileBytes(text.value);
  if (text?.keyword === xmpName) about.xmp = text.value;
}

interface Text {
  readonly keyword: string;
  readonly value: Uint8Array;
}

/** A chunk of text (PNG specification, section 11.3.3); undefined for other chunks. */
function textOf(type: string, content: Uint8Array): Text | undefined {
  if (!['tEXt', 'zTXt', 'iTXt'].includes(type)) return undefined;
  const end = content.indexOf(0);
  if (end < 0) return undefined;
  const keyword = Buffer.from(content.subarray(0, end)).toString('latin1');
  if (type === 'tEXt') return { keyword, value: content.subarray(end + 1) };
  if (type === 'zTXt') return withValue(keyword, unpacked(content.subarray(end + 2)));
  const isPacked = content[end + 1] === 1;
  const language = content.indexOf(0, end + 3);
  const translated = language < 0 ? -1 : content.indexOf(0, language + 1);
  if (translated < 0) return undefined;
  const rest = content.subarray(translated + 1);
  return withValue(keyword, isPacked ? unpacked(rest) : rest);
}

function withValue(keyword: string, value: Uint8Array | undefined): Text | undefined {
  return value && { keyword, value };
}

function unpacked(packed: Uint8Array): Uint8Array | undefined {
  try {
    return inflateSync(packed, { maxOutputLength: mostText });
  } catch {
    // Said once, of whatever reason: this text is not to be had.
    return undefined;
  }
}

/** A line break, the profile's name, its length, then hexadecimal digits in lines. */
function profileBytes(text: Uint8Array): Uint8Array {
  const lines = Buffer.from(text).toString('latin1').split('\n').slice(3);
  return Buffer.from(lines.join('').replaceAll(/\s/g, ''), 'hex');
}

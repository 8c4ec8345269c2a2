import { isHeic } from './formats/avif/avifHeader';

/** Bytes that hold a signature, a doctype or the first element. */
const sniffLength = 4096;

/** First bytes of contents that people open by mistake. */
const beginnings: readonly (readonly [name: string, ...starts: (string | RegExp)[]])[] = [
  ['HTML', /^\s*(<!--[\s\S]*?-->\s*)*<(!doctype html|html|head|body)/i],
  ['SVG', /^\s*<(svg|\?xml[\s\S]*?<svg|!doctype svg|!--[\s\S]*?<svg)/i],
  ['PDF', '%PDF'],
  ['JPEG XL', '\xff\x0a', '\0\0\0\x0cJXL '],
  ['JPEG 2000', '\0\0\0\x0cjP  ', '\xff\x4f\xff\x51'],
  ['PSD', '8BPS'],
  ['ICO', '\0\0\x01\0'],
  ['BigTIFF', 'II+\0', 'MM\0+'],
  ['ZIP', 'PK\x03\x04'],
];

/** The sentence for content that no decoder reads. */
export function describeUnsupported(bytes: Uint8Array): string {
  const head = bytes.subarray(0, sniffLength);
  const start = Buffer.from(head)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '');
  const opens = (begin: string | RegExp): boolean =>
    typeof begin === 'string' ? start.startsWith(begin) : begin.test(start);
  const name = isHeic(bytes) ? 'HEIC' : beginnings.find(([, ...starts]) => starts.some(opens))?.[0];
  if (name !== undefined) {
    return `${name} is not supported: use a JPEG, PNG, WebP, GIF, BMP, AVIF or TIFF`;
  }
  return isText(head)
    ? 'not a picture: it is text'
    : 'not a picture: it is no JPEG, PNG, WebP, GIF, BMP, AVIF or TIFF';
}

/** Whether bytes are UTF-8 without control characters other than white space; the last character may be cut. */
function isText(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head, { stream: true });
  return Array.from(text).every((c) => c !== '\ufffd' && (c >= ' ' || '\t\n\f\r\x1b'.includes(c)));
}

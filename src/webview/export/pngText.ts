/** PNG's signature and its first chunk, IHDR, which all others follow. */
const headerBytes = 8 + 25;

/** Length, type, check of a chunk. */
const frameBytes = 12;

/** A PNG with texts about it, by keyword, as uncompressed iTXt chunks (PNG 1.2, section 4.2.3.3): UTF-8. */
export function withTexts(png: Uint8Array, texts: Readonly<Record<string, string>>): Uint8Array {
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text));
  const more = chunks.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(png.length + more);
  bytes.set(png.subarray(0, headerBytes));
  let at = headerBytes;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  bytes.set(png.subarray(headerBytes), at);
  return bytes;
}

function textChunk(keyword: string, text: string): Uint8Array {
  // After the keyword: not compressed, by no method, in no language, no translated keyword.
  const data = new TextEncoder().encode(`${keyword}\0\0\0\0\0${text}`);
  const chunk = new Uint8Array(frameBytes + data.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set(new TextEncoder().encode('iTXt'), 4);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, checkOf(chunk.subarray(4, 8 + data.length)));
  return chunk;
}

/** CRC-32 as PNG has it (ISO 3309), bit by bit: these are a few kilobytes. */
function checkOf(bytes: Uint8Array): number {
  let check = 0xffffffff;
  for (const byte of bytes) {
    check ^= byte;
    for (let bit = 0; bit < 8; bit++) check = (check >>> 1) ^ (check & 1 ? 0xedb88320 : 0);
  }
  return (check ^ 0xffffffff) >>> 0;
}

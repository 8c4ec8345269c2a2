/** The texts of a PNG's iTXt chunks, by keyword; such as are not compressed. */
export function pngTexts(png: Uint8Array): Readonly<Record<string, string>> {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const texts: Record<string, string> = {};
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    const type = decoder.decode(png.subarray(at + 4, at + 8));
    if (type === 'iTXt') {
      const [keyword = '', , , , , text = ''] = decoder
        .decode(png.subarray(at + 8, at + 8 + length))
        .split('\0');
      texts[keyword] = text;
    }
    at += 12 + length;
  }
  return texts;
}

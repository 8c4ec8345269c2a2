/** [n, 4] to [n, 3]: the colours under transparency stay as stored, as in Pillow's convert('RGB'). */
export function dropAlpha(rgba: ArrayLike<number>): Uint8Array {
  const count = Math.floor(rgba.length / 4);
  const rgb = new Uint8Array(count * 3);
  for (let i = 0, from = 0, to = 0; i < count; i++, from += 4) {
    rgb[to++] = rgba[from] ?? 0;
    rgb[to++] = rgba[from + 1] ?? 0;
    rgb[to++] = rgba[from + 2] ?? 0;
  }
  return rgb;
}

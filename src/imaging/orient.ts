import type { Orientation, Pixels } from './formats/picture';

interface Turn {
  /** Whether rows become columns; applied first. */
  readonly swaps: boolean;
  readonly flipsX: boolean;
  readonly flipsY: boolean;
}

/** Steps from an upright pixel (x, y) to where it is stored, by orientation (EXIF 2.32, tag 0x0112). */
const turns: Readonly<Record<Orientation, Turn>> = {
  1: { swaps: false, flipsX: false, flipsY: false },
  2: { swaps: false, flipsX: true, flipsY: false },
  3: { swaps: false, flipsX: true, flipsY: true },
  4: { swaps: false, flipsX: false, flipsY: true },
  5: { swaps: true, flipsX: false, flipsY: false },
  6: { swaps: true, flipsX: false, flipsY: true },
  7: { swaps: true, flipsX: true, flipsY: true },
  8: { swaps: true, flipsX: true, flipsY: false },
};

/** Turns stored pixels upright; returns the same object where they already are. */
export function orient(stored: Pixels, orientation: Orientation): Pixels {
  if (orientation === 1) return stored;
  const { swaps, flipsX, flipsY } = turns[orientation];
  const width = swaps ? stored.height : stored.width;
  const height = swaps ? stored.width : stored.height;
  const stepX = 3 * (flipsX ? -1 : 1);
  const stepY = 3 * stored.width * (flipsY ? -1 : 1);
  const start =
    3 * ((flipsX ? stored.width - 1 : 0) + (flipsY ? (stored.height - 1) * stored.width : 0));
  const rgb = new Uint8Array(stored.rgb.length);
  const [perColumn, perRow] = swaps ? [stepY, stepX] : [stepX, stepY];
  for (let y = 0, to = 0; y < height; y++) {
    let from = start + y * perRow;
    for (let x = 0; x < width; x++, from += perColumn) {
      rgb[to++] = stored.rgb[from] ?? 0;
      rgb[to++] = stored.rgb[from + 1] ?? 0;
      rgb[to++] = stored.rgb[from + 2] ?? 0;
    }
  }
  return { width, height, rgb };
}

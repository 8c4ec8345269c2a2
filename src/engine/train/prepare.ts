import { resize, type Box } from '../../imaging/resize';
import type { Pixels } from '../../imaging/formats/picture';
import { cropCorner, type Size } from '../../network/preprocess/fitSizes';
import type { Fit, Preprocess } from '../../network/preprocess/preprocess';
import type { Colour, View } from './augmentation';

/** Pictures as they are kept: larger than the input where the fit cuts it out of their middle, or more is wanted. */
export interface StoredAs extends Size {
  readonly fit: Fit;
}

/** How a network's pictures are kept for training, at least as large as its input; `side` asks for more. */
export function storedAs({ fit }: Preprocess, input: Size, side = 0): StoredAs {
  if (fit.mode === 'stretch') {
    const factor = Math.max(1, side / Math.min(input.width, input.height));
    const [width, height] = [input.width * factor, input.height * factor].map(Math.round);
    return { width: width ?? 0, height: height ?? 0, fit };
  }
  const stored = fit.mode === 'crop' ? fit.shortSide : fit.size;
  return { width: stored, height: stored, fit };
}

/** Turns stored pictures into a network's input. */
export class Preparing {
  private readonly tables: readonly Float32Array[];

  constructor(
    private readonly settings: Preprocess,
    private readonly input: Size,
  ) {
    const { scale, mean, std } = settings;
    // Computed in double precision and rounded once, as at inference.
    this.tables = mean.map((centre, c) =>
      Float32Array.from({ length: 256 }, (_, byte) => (byte * scale - centre) / (std[c] ?? 1)),
    );
  }

  /** How many numbers a prepared picture has. */
  get length(): number {
    return 3 * this.input.width * this.input.height;
  }

  /** Writes a picture as it is classified, or as a view shows it: [height, width, 3] into `target`. */
  write(stored: Pixels, view: View | undefined, target: Float32Array): void {
    const { width, height } = this.input;
    const coloured = this.pixels(stored, view);
    const reversed = this.settings.order === 'BGR';
    const [first, second, third] = this.tables as [Float32Array, Float32Array, Float32Array];
    const [at0, at2] = reversed ? [2, 0] : [0, 2];
    for (let y = 0, to = 0; y < height; y++) {
      for (let x = 0; x < width; x++, to += 3) {
        const from = 3 * (y * width + (view?.flipped ? width - 1 - x : x));
        target[to] = first[coloured[from + at0] ?? 0] ?? 0;
        target[to + 1] = second[coloured[from + 1] ?? 0] ?? 0;
        target[to + 2] = third[coloured[from + at2] ?? 0] ?? 0;
      }
    }
  }

  /** A picture as a person would look at what the network is shown. */
  picture(stored: Pixels, view: View | undefined): Pixels {
    const { width, height } = this.input;
    const pixels = this.pixels(stored, view);
    const rgb = Uint8Array.from(pixels);
    if (!view?.flipped) return { width, height, rgb };
    for (let to = 0; to < rgb.length; to += 3) {
      const column = (to / 3) % width;
      const from = to + 3 * (width - 1 - 2 * column);
      rgb.set(pixels.subarray(from, from + 3), to);
    }
    return { width, height, rgb };
  }

  /** [height, width, 3], not mirrored yet. */
  private pixels(stored: Pixels, view: View | undefined): Uint8Array | Uint8ClampedArray {
    const { width, height } = this.input;
    const box = view ? partOf(stored, view) : this.middle(stored);
    const seen = resize(stored, width, height, this.settings.filter, box);
    return view?.colour ? recolour(seen.rgb, view.colour) : seen.rgb;
  }

  /** The part of a stored picture that a network sees at inference. */
  private middle(stored: Size): Box {
    const { fit } = this.settings;
    if (fit.mode === 'stretch')
      return { left: 0, top: 0, right: stored.width, bottom: stored.height };
    const { left, top } = cropCorner(stored, fit, this.input);
    return { left, top, right: left + this.input.width, bottom: top + this.input.height };
  }
}

function partOf({ width, height }: Size, { part }: View): Box {
  return {
    left: part.left * width,
    top: part.top * height,
    right: part.right * width,
    bottom: part.bottom * height,
  };
}

/** Luma of red, green and blue (ITU-R BT.601), as Pillow's grey. */
const luma = [0.299, 0.587, 0.114] as const;

/** Brightness, then contrast about the mean grey, then saturation about each pixel's own, as torchvision's ColorJitter. */
function recolour(
  rgb: Uint8Array,
  { brightness, contrast, saturation }: Colour,
): Uint8ClampedArray {
  const grey = (at: number): number =>
    luma[0] * (rgb[at] ?? 0) + luma[1] * (rgb[at + 1] ?? 0) + luma[2] * (rgb[at + 2] ?? 0);
  let sum = 0;
  for (let at = 0; at < rgb.length; at += 3) sum += grey(at);
  const factor = brightness * contrast;
  const shift = ((3 * sum) / rgb.length) * brightness * (1 - contrast);
  const result = new Uint8ClampedArray(rgb.length);
  for (let at = 0; at < rgb.length; at += 3) {
    const own = grey(at) * factor * (1 - saturation) + shift;
    for (let c = at; c < at + 3; c++) result[c] = (rgb[c] ?? 0) * factor * saturation + own;
  }
  return result;
}

import { damaged } from '../byteReader';
import { PictureError } from '../pictureError';
import { greyScale } from '../samples';
import type { TiffHeader } from './tiffHeader';

/** Writes a pixel's samples, 0 to 2 ** bits - 1 (of 16 bits the high byte), as three bytes at `to`. */
export type TiffColour = (samples: Uint8Array, rgb: Uint8Array, to: number) => void;

/** SampleFormat of floating point: which end of it is white is not for a file to say, as in Pillow. */
const floats = 3;

/** Picks the conversion to RGB by PhotometricInterpretation, equal to Pillow's convert('RGB'). */
export function tiffColour(header: TiffHeader): TiffColour {
  const { photometric, samples, bits, isPremultiplied, sampleFormat } = header;
  const isWide = bits >= 8;
  if (isPremultiplied && samples > 1) return undoAlpha(header);
  if (photometric === 0 && bits === 16)
    throw new PictureError(
      'a TIFF of 16 bits whose 0 is white is another picture to each reader: save it with 8 bits',
    );
  if (photometric <= 1) return grey(photometric === 0 && sampleFormat !== floats, bits);
  if (photometric === 2 && samples >= 3 && isWide) {
    return (pixel, rgb, to) => {
      for (let c = 0; c < 3; c++) rgb[to + c] = pixel[c] ?? 0;
    };
  }
  if (photometric === 3 && bits <= 8) return fromPalette(header);
  if (photometric === 5 && samples >= 4 && isWide) return fromInks;
  throw new PictureError(
    `a TIFF of colour type ${photometric} with ${samples} x ${bits} bits is not supported: save it as RGB`,
  );
}

/** Divides colours by the alpha behind them, as Pillow does: where it is 0 no colour is left, and grey stays as stored. */
function undoAlpha({ photometric, samples, bits }: TiffHeader): TiffColour {
  const colours = photometric === 2 ? 3 : 1;
  if ((photometric !== 1 && photometric !== 2) || samples <= colours || bits < 8)
    throw new PictureError(
      `a TIFF of colour type ${photometric} with ${samples} x ${bits} bits and associated alpha is not supported: save it without`,
    );
  return (pixel, rgb, to) => {
    const alpha = pixel[colours] ?? 0;
    for (let c = 0; c < 3; c++) {
      const stored = pixel[colours === 3 ? c : 0] ?? 0;
      const bare = colours === 3 ? 0 : stored;
      rgb[to + c] = alpha === 0 ? bare : Math.min(255, Math.trunc((255 * stored) / alpha));
    }
  };
}

function grey(isInverted: boolean, bits: number): TiffColour {
  const scale = greyScale(bits);
  return (pixel, rgb, to) => {
    const level = (pixel[0] ?? 0) * scale;
    rgb.fill(isInverted ? 255 - level : level, to, to + 3);
  };
}

function fromPalette({ palette, bits }: TiffHeader): TiffColour {
  const entries = 1 << bits;
  if (palette.length !== 3 * entries)
    throw damaged('TIFF', `its palette has ${palette.length} values, not ${3 * entries}`);
  return (pixel, rgb, to) => {
    for (let c = 0; c < 3; c++) rgb[to + c] = (palette[c * entries + (pixel[0] ?? 0)] ?? 0) >> 8;
  };
}

/** Pillow's cmyk2rgb: (255 - k) · (255 - ink) / 255, rounded by its MULDIV255. */
function fromInks(pixel: Uint8Array, rgb: Uint8Array, to: number): void {
  const light = 255 - (pixel[3] ?? 0);
  for (let c = 0; c < 3; c++) {
    const product = (pixel[c] ?? 0) * light + 128;
    rgb[to + c] = light - ((product + (product >> 8)) >> 8);
  }
}

import { PictureError } from '../pictureError';

/** How many of a pixel's samples are colours, by PhotometricInterpretation. */
const colourCounts: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 3, 3: 1, 5: 4, 6: 3, 8: 3 };

/** ExtraSamples: unspecified, alpha that colours are multiplied by, alpha, and what Corel Draw 10 wrote for the last. */
const knownExtras: readonly number[] = [0, 1, 2, 999];

/** Where a file does not say it, a single channel is grey and 0 is white, as in Pillow. */
export const unsaidPhotometric = 0;

/** What a TIFF says of the samples of a pixel. */
interface TiffChannels {
  readonly photometric: number | undefined;
  readonly samples: number;
  readonly bits: number;
  readonly extras: readonly number[];
  readonly planar: number;
  readonly fillOrder: number;
}

/** Refuses a file that does not say what each sample is, or says what cannot be, as Pillow does: a guess is another picture. */
export function checkChannels(channels: TiffChannels): void {
  const { photometric, samples, bits, extras, planar, fillOrder } = channels;
  if (fillOrder !== 1 && fillOrder !== 2) throw refused(`fill order ${fillOrder}`);
  if (planar !== 1 && planar !== 2) throw refused(`planar configuration ${planar}`);
  const kind = `colour type ${photometric ?? 'unsaid'} with ${samples} x ${bits} bits`;
  const colours = colourCounts[photometric ?? unsaidPhotometric];
  if (colours === undefined || (photometric === undefined && samples > 1)) throw refused(kind);
  const unknown = extras.find((extra) => !knownExtras.includes(extra));
  if (unknown !== undefined) throw refused(`an extra channel of kind ${unknown}`);
  // RGB and one more channel is RGBA to many writers that do not say so.
  const isRgba = photometric === 2 && samples === 4 && extras.length === 0;
  if (samples !== colours + extras.length && !isRgba)
    throw refused(`${kind} and ${extras.length} extra channels`);
  if (samples > 1 && bits < 8) throw refused(kind);
}

function refused(what: string): PictureError {
  return new PictureError(`a TIFF of ${what} is not supported: save it as RGB`);
}

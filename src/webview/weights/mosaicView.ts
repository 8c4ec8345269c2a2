import type { Shape } from '../../network/tensor/shape';
import { colourBar } from '../draw/colourBar';
import { element } from '../draw/element';
import { formatExact, formatValue } from '../draw/numberFormat';
import { placeIn, stepThrough } from '../draw/stepper';
import {
  drawnAt,
  indexOf,
  layMosaic,
  mosaicPixels,
  placeOf,
  weightAt,
  weightOf,
  type Mosaic,
} from './mosaic';

interface MosaicOptions {
  readonly label: string;
  /** [h, w, in / groups]. */
  readonly shape: Shape;
  readonly values: Float32Array;
  /** The value at the ends of the scale. */
  readonly reach: number;
  /** What an input channel is called. */
  readonly channelWords: (channel: number) => string;
}

const hint = 'Point at a weight, or use the arrow keys.';

/** Drawn larger than it is shown, so that every weight comes out equally large. */
const drawnWidth = 900;

/** One filter: a tile for each of its input channels, weight by weight readable. */
export function mosaicView(options: MosaicOptions): readonly HTMLElement[] {
  const { label, shape, values, reach, channelWords } = options;
  const mosaic = layMosaic(shape);
  const reading = element('p', { class: 'reading quiet' }, hint);
  const mark = element('span', { class: 'weight-mark', hidden: true });
  const frame = element('div', { class: 'mosaic' }, drawMosaic(options, mosaic), mark);
  const words = (index: number): string => {
    const place = placeOf(mosaic, index);
    const where = `${channelWords(place.channel)}, row ${place.row}, column ${place.column}`;
    return `${where}: ${formatExact(weightOf(values, mosaic, place))}`;
  };
  stepThrough(frame, {
    label,
    count: values.length,
    row: mosaic.width,
    page: mosaic.width * mosaic.height,
    at: (event) => {
      const { x, y } = placeIn(frame, event);
      const place = weightAt(mosaic, x, y);
      return place && indexOf(mosaic, place);
    },
    words,
    show: (index) => {
      reading.textContent = index === undefined ? hint : words(index);
      reading.classList.toggle('quiet', index === undefined);
      mark.hidden = index === undefined;
      if (index !== undefined) placeMark(mark, mosaic, index);
    },
  });
  const ticks = reach === 0 ? ['0'] : [formatValue(-reach), '0', formatValue(reach)];
  return [frame, colourBar('diverging', ticks), reading];
}

function drawMosaic({ values, reach }: MosaicOptions, mosaic: Mosaic): HTMLCanvasElement {
  const { columns, rows } = mosaic;
  const small = element('canvas', { width: columns, height: rows });
  const pixels = new ImageData(mosaicPixels(values, mosaic, reach), columns, rows);
  small.getContext('2d')?.putImageData(pixels, 0, 0);
  const scale = Math.max(1, Math.ceil(drawnWidth / columns));
  const large = element('canvas', { width: columns * scale, height: rows * scale });
  const context = large.getContext('2d');
  if (context) {
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, large.width, large.height);
  }
  return large;
}

function placeMark(mark: HTMLElement, mosaic: Mosaic, index: number): void {
  const { x, y } = drawnAt(mosaic, placeOf(mosaic, index));
  const share = (part: number, whole: number): string => `${(100 * part) / whole}%`;
  mark.style.left = share(x, mosaic.columns);
  mark.style.top = share(y, mosaic.rows);
  mark.style.width = share(1, mosaic.columns);
  mark.style.height = share(1, mosaic.rows);
}

import { fitPlace } from '../../network/preprocess/fitPlace';
import type { RgbPicture } from '../../protocol/runMaps';
import type { RunView } from '../../protocol/panelProtocol';
import { baselineColour } from '../draw/baselineWords';
import { element } from '../draw/element';
import type { MapCell } from '../draw/grid';
import { pictureImage, previewImage } from '../draw/pixels';
import type { PointAt } from './probe';
import { ProbeSurface } from './probeSurface';

/** About as many steps from edge to edge as a map has cells. */
const arrowPixels = 8;

/** The original picture. A point maps to a pixel of the network's input; points that were cropped away map to none. */
export function probedPreview(run: RunView, pointAt: PointAt): ProbeSurface {
  const { preview, name, seen } = run;
  const image = element('img', { src: previewImage(preview), alt: `The picture ${name}` });
  const { toInput } = fitPlace(run, run.preprocess.fit, seen);
  const surface = new ProbeSurface(image, {
    ...pixelOptions(seen, pointAt),
    name: 'The picture: arrows walk its points and show the cells they reach',
    cellAt: ({ x, y }) => {
      const point = toInput({ x: x * run.width, y: y * run.height });
      const cell = { row: Math.floor(point.y), column: Math.floor(point.x) };
      return isInside(cell, seen) ? cell : undefined;
    },
  });
  surface.element.classList.add('preview');
  image.after(...erasedParts(run));
  surface.element.style.setProperty('--ratio', String(preview.width / preview.height));
  return surface;
}

/** What is erased of the picture, in the colour that it took. */
function erasedParts(run: RunView): readonly HTMLElement[] {
  const { changes, preview, preprocess, seen } = run;
  const erased = changes?.erased;
  if (!erased) return [];
  const { width, height } = preview;
  const canvas = element('canvas', { class: 'erased-parts', width, height });
  const pen = canvas.getContext('2d');
  if (!pen) return [];
  const { toPicture } = fitPlace(run, preprocess.fit, seen);
  const ratio = preview.width / run.width;
  pen.fillStyle = `rgb(${baselineColour(erased.fill, preprocess).join(' ')})`;
  for (const { left, top, ...size } of erased.areas) {
    const from = toPicture({ x: left, y: top });
    const to = toPicture({ x: left + size.width, y: top + size.height });
    const [x, y] = [from.x * ratio, from.y * ratio];
    pen.fillRect(x, y, to.x * ratio - x, to.y * ratio - y);
  }
  return [canvas];
}

/** What the network saw. */
export function probedSeen({ seen }: RunView, pointAt: PointAt): ProbeSurface {
  const image = element('img', { src: pictureImage(seen), alt: 'The pixels that went in' });
  return new ProbeSurface(image, {
    ...pixelOptions(seen, pointAt),
    name: 'What the network saw: arrows walk its pixels and show the cells they reach',
  });
}

function pixelOptions(
  { width, height }: RgbPicture,
  pointAt: PointAt,
): Pick<ConstructorParameters<typeof ProbeSurface>[1], 'grid' | 'step' | 'point'> {
  return {
    grid: { columns: width, rows: height },
    step: arrowPixels,
    point: (cell, options) => pointAt(cell && { kind: 'pixel', ...cell }, options),
  };
}

function isInside({ row, column }: MapCell, { width, height }: RgbPicture): boolean {
  return row >= 0 && column >= 0 && row < height && column < width;
}

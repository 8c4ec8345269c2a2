import type { RgbPicture } from '../../protocol/runMaps';
import { element } from '../draw/element';
import { paintMap } from '../draw/paintMap';
import { pictureImage, putPixels } from '../draw/pixels';
import { dirtyCheck } from '../draw/redraw';
import type { DrawnMap } from './drawnMap';
import { explanationColours } from './mapScale';

/** The side of a small map, in pixels of the page; the style sheet has the same. */
const side = 64;

interface SmallMapState {
  readonly seen: RgbPicture;
  /** Nothing is there where it is undefined. */
  readonly map: DrawnMap | undefined;
  readonly reach: number;
  readonly threshold: number;
}

/** A map over the picture, small: in a table, where words say what it shows. */
export class SmallMap {
  private readonly picture = element('img', { alt: '' });
  private readonly canvas = element('canvas');
  readonly element = element('div', { class: 'explain-small' }, this.picture, this.canvas);
  private readonly changed = dirtyCheck();

  update({ seen, map, reach, threshold }: SmallMapState): void {
    const ratio = devicePixelRatio;
    if (!this.changed(seen, map, reach, threshold, ratio)) return;
    this.element.hidden = map === undefined;
    if (!map) return;
    const url = pictureImage(seen);
    if (this.picture.src !== url) this.picture.src = url;
    const { maps, placement } = map;
    const pixels = Math.round(side * ratio);
    const colours = explanationColours(threshold);
    const painting = { maps, channel: 0, placement, reach, colours, smooth: false };
    const size = { width: pixels, height: pixels };
    putPixels(this.canvas, paintMap(painting, size), size);
  }
}

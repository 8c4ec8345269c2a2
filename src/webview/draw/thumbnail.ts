import type { RgbPicture } from '../../protocol/runMaps';
import type { StripItem } from '../../protocol/pictureStrip';
import { element } from './element';
import { icon } from './icon';
import { pictureImage } from './pixels';
import { dirtyCheck } from './redraw';

/** One of several pictures, small; an icon until it is there, and where it cannot be read. */
export class Thumbnail {
  private readonly changed = dirtyCheck();

  constructor(readonly element: HTMLElement) {}

  /** `pixels` are undefined while they are not there. */
  update(
    { thumbnail, status }: Pick<StripItem, 'thumbnail' | 'status'>,
    pixels: RgbPicture | undefined,
  ): void {
    const failed = status === 'failed';
    // One that is on its way anew leaves the old one where it is.
    if (!pixels && thumbnail !== undefined) return;
    if (!this.changed(pixels, failed)) return;
    this.element.replaceChildren(
      pixels
        ? element('img', { src: pictureImage(pixels), alt: '' })
        : icon(failed ? 'error' : 'picture'),
    );
  }
}

import type { RgbPicture } from '../../protocol/runMaps';
import { element } from '../draw/element';
import { pictureImage } from '../draw/pixels';
import { dirtyCheck } from '../draw/redraw';
import { type Resource, ResourceNote } from '../draw/resource';

type Samples = readonly (readonly RgbPicture[])[];

/** A few pictures as the network will learn from them: each row varies one. */
export class SamplesPart {
  readonly element: HTMLElement;
  private readonly rows = element('div', { class: 'train-samples' });
  private readonly note: ResourceNote;
  private readonly changed = dirtyCheck();

  constructor(askAgain: () => void) {
    this.note = new ResourceNote(askAgain);
    const words = 'Each picture as it is, then as it may be varied.';
    const hint = element('p', { class: 'train-hint quiet' }, words);
    this.element = element('div', { class: 'train-part' }, hint, this.rows, this.note.element);
  }

  /** The last ones stay, dimmed, until others are there. */
  update(got: Resource<Samples>): void {
    this.rows.setAttribute('aria-busy', String(got.status === 'loading'));
    this.note.update(got.status === 'failed' ? got : undefined, 'sample pictures');
    if (got.status !== 'ready' || !this.changed(got.value)) return;
    const rows = got.value.map((row, at) =>
      element(
        'div',
        {
          class: 'train-sample-row',
          role: 'img',
          'aria-label': `Picture ${at + 1} as it is, then varied`,
        },
        ...row.map((picture) => element('img', { src: pictureImage(picture), alt: '' })),
      ),
    );
    this.rows.replaceChildren(...rows);
  }
}

import { button, element } from '../draw/element';
import type { Actions } from '../state/actions';
import type { ChannelView } from '../state/viewState';

const step = 5;

/** How the large channel lies over the picture. */
export class MapLooks {
  readonly element: HTMLElement;
  private readonly opacity = element('input', {
    type: 'range',
    min: 0,
    max: 100,
    step,
    'aria-label': 'Opacity of the channel over the picture',
  });
  private readonly percent = element('span', { class: 'percent' });
  private readonly ways: readonly (readonly [smooth: boolean, HTMLButtonElement])[];

  constructor({ look }: Pick<Actions, 'look'>) {
    this.opacity.addEventListener('input', () => {
      look({ channels: { opacity: Number(this.opacity.value) / 100 } });
    });
    this.ways = ([false, true] as const).map((smooth) => [
      smooth,
      button(smooth ? 'smoothed' : 'true cells', () => look({ channels: { smooth } }), {
        class: 'button secondary small',
      }),
    ]);
    this.element = element(
      'div',
      { class: 'map-looks' },
      element('label', { class: 'opacity' }, 'Opacity', this.opacity, this.percent),
      element(
        'div',
        { class: 'toggle', role: 'group', 'aria-label': 'The channel is drawn as' },
        ...this.ways.map(([, way]) => way),
      ),
    );
  }

  update({ opacity, smooth }: ChannelView): void {
    const percent = Math.round(opacity * 100);
    this.opacity.value = String(percent);
    this.percent.textContent = `${percent} %`;
    for (const [way, toggle] of this.ways) {
      toggle.setAttribute('aria-pressed', String(way === smooth));
    }
  }
}

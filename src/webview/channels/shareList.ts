import { button, element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import { signed } from '../draw/numberFormat';
import { addsWords } from './channelWords';
import type { Shares } from './shownChannels';

const listed = { most: 8, least: 4 } as const;

interface ListHandlers {
  readonly choose: (channel: number) => void;
  readonly toggle: (channel: number) => void;
}

interface Listed {
  readonly shares: Shares;
  readonly order: Uint32Array;
  readonly off: readonly number[];
  /** `channel` or `unit`. */
  readonly what: string;
}

/** The channels that add most to a class and those that take most from it, each to be looked at and switched off. */
export class ShareList {
  readonly element = element('section', { class: 'share-list', 'aria-label': 'What channels add' });
  private readonly changed = dirtyCheck();

  constructor(private readonly handlers: ListHandlers) {}

  update({ shares, order, off, what }: Listed): void {
    const { adds, target, isOfBefore } = shares;
    if (!this.changed(adds, target, isOfBefore, off.join(' '), what)) return;
    const held =
      document.activeElement?.closest<HTMLElement>('.share-list button')?.dataset['does'];
    const reach = adds.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
    const all = [...order];
    const most = all.slice(0, listed.most).filter((channel) => (adds[channel] ?? 0) > 0);
    const least = all.slice(-listed.least).filter((channel) => (adds[channel] ?? 0) < 0);
    const rows = (channels: readonly number[]): HTMLElement =>
      element(
        'ol',
        {},
        ...channels.map((channel) => this.row(channel, { shares, what, reach, off })),
      );
    this.element.replaceChildren(
      element(
        'h3',
        {},
        isOfBefore
          ? `What added most to ${target} while all were on, in logits`
          : `What adds most to ${target}, in logits`,
      ),
      most.length > 0 ? rows(most) : element('p', {}, `Nothing here adds to ${target}.`),
      ...(least.length > 0
        ? [
            element('h3', {}, isOfBefore ? 'What took most from it' : 'What takes most from it'),
            rows(least.reverse()),
          ]
        : []),
    );
    if (held === undefined) return;
    const again = [...this.element.querySelectorAll<HTMLElement>('button')];
    again.find(({ dataset }) => dataset['does'] === held)?.focus();
  }

  private row(channel: number, { shares, what, reach, off }: RowOptions): HTMLElement {
    const value = shares.adds[channel] ?? 0;
    const isOff = off.includes(channel);
    const number = signed(value);
    const part = element('div', { class: 'part-bar' });
    part.style.width = `${reach > 0 ? (100 * Math.abs(value)) / reach : 0}%`;
    const name = button(`${channel}`, () => this.handlers.choose(channel), {
      kind: 'link',
      'aria-label': `${what} ${channel} ${addsWords(shares, channel)}${isOff ? ', off' : ''}`,
      'data-does': `choose ${channel}`,
    });
    const toggle = button(isOff ? 'on' : 'off', () => this.handlers.toggle(channel), {
      kind: 'secondary small',
      'aria-label': `Switch ${what} ${channel} ${isOff ? 'on again' : 'off'}`,
      'data-does': `toggle ${channel}`,
    });
    return element(
      'li',
      { class: isOff ? 'share-off' : '', 'data-channel': channel },
      name,
      element('div', { class: 'track-bar', 'aria-hidden': 'true' }, part),
      element('span', { class: 'numeric', 'aria-hidden': 'true' }, number),
      toggle,
    );
  }
}

interface RowOptions extends Pick<Listed, 'shares' | 'what' | 'off'> {
  readonly reach: number;
}

import { button, element } from '../draw/element';

/** Switches the channel that is looked at off, and on again. */
export class OffSwitch {
  readonly element: HTMLElement;
  private readonly made: HTMLButtonElement;

  constructor(toggle: () => void) {
    this.made = button('', toggle, { kind: 'secondary small', title: 'x' });
    this.element = element('div', { class: 'off-switch' }, this.made);
  }

  update(
    channel: number,
    { isOff, isPossible }: { readonly isOff: boolean; readonly isPossible: boolean },
  ): void {
    this.element.hidden = !isPossible;
    const words = `Switch ${channel} ${isOff ? 'on again' : 'off'}`;
    if (this.made.textContent !== words) this.made.textContent = words;
  }
}

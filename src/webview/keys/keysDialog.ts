import { button, element } from '../draw/element';
import { icon } from '../draw/icon';
import { keyTable, type KeyGroup } from './keyTable';

/** All keys over the page; Esc or `?` closes it, and what had the keyboard has it again. */
export class KeysDialog {
  readonly element = element('dialog', {
    class: 'keys-dialog',
    'aria-labelledby': 'keys-title',
  });

  constructor() {
    const close = button('', () => this.element.close(), {
      kind: 'plain',
      'aria-label': 'Close keys',
      title: 'Close (Esc)',
    });
    close.append(icon('close'));
    this.element.append(
      element('div', { class: 'keys-head' }, element('h2', { id: 'keys-title' }, 'Keys'), close),
      element('div', { class: 'key-groups' }, ...keyTable.map(groupOf)),
    );
    this.element.addEventListener('keydown', (event) => {
      // The page behind has keys of its own.
      event.stopPropagation();
      if (event.key === '?') this.element.close();
    });
    this.element.addEventListener('click', ({ target }) => {
      // Only its backdrop is the dialogue itself and no part of it.
      if (target === this.element) this.element.close();
    });
  }

  open(): void {
    if (!this.element.open) this.element.showModal();
  }
}

function groupOf({ title, keys }: KeyGroup): HTMLElement {
  const rows = keys.flatMap(({ keys: names, does }) => [
    element('dt', {}, ...names.map((name) => element('kbd', {}, name))),
    element('dd', {}, does),
  ]);
  return element(
    'section',
    {},
    element('h3', {}, title),
    element('dl', { class: 'key-list' }, ...rows),
  );
}

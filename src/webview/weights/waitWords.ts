import type { Loaded } from '../state/loaded';
import { button, element } from '../draw/element';

/** Says that something is on its way, or why it did not come, with a way to ask again. */
export function waitWords(
  loaded: Exclude<Loaded<unknown>, { readonly status: 'ready' }>,
  what: string,
  askAgain: () => void,
): readonly HTMLElement[] {
  if (loaded.status === 'loading') {
    return [element('p', { class: 'quiet', role: 'status' }, `Reading ${what}…`)];
  }
  return [
    element('p', { class: 'note', role: 'alert' }, `Could not read ${what}: ${loaded.why}.`),
    button('Try again', askAgain, { kind: 'secondary small' }),
  ];
}

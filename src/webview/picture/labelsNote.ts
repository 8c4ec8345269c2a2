import type { PageLabels } from '../../protocol/panelProtocol';
import { button, element } from '../draw/element';
import type { Actions } from '../state/actions';

/** Where the names of the classes come from, with a way to others where a person may choose them. */
export function labelsNote(
  { from, count, offer }: PageLabels,
  { tell }: Pick<Actions, 'tell'>,
): readonly HTMLElement[] {
  if (count === 0) return [];
  const links = [
    ...(offer === 'imageNet'
      ? [button('Use ImageNet’s', () => tell('useImageNetLabels'), { kind: 'link' })]
      : []),
    ...(offer ? [button('Choose labels…', () => tell('chooseLabels'), { kind: 'link' })] : []),
  ];
  const words = element('span', { class: 'quiet' }, `Labels: ${from}`);
  return [element('p', { class: 'labels-note' }, words, ...links)];
}

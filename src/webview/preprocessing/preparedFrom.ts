import { inputSize } from '../../network/inputShape';
import type { PageDocument } from '../../protocol/panelProtocol';
import { button, element } from '../draw/element';

/** Where the preparation of an opened model's pictures comes from; undefined where its author says it. */
export function preparedWords(
  { preparedFrom }: Pick<PageDocument, 'preparedFrom'>,
  isChanged: boolean,
): string | undefined {
  if (preparedFrom === undefined || !isChanged) return preparedFrom && capital(preparedFrom);
  return `Changed by you; the model’s own is ${preparedFrom}`;
}

/** Where the size of the pictures comes from that a file leaves open; undefined where it says it. */
export function sizeWords({
  sizeFrom,
  network,
}: Pick<PageDocument, 'sizeFrom' | 'network'>): string | undefined {
  if (!sizeFrom) return undefined;
  const { width, height } = inputSize(network);
  const from = sizeFrom === 'assumed' ? 'assumed' : 'chosen by you';
  return `Size ${width} × ${height}: ${from}, as the file leaves it open`;
}

/** Both, with a way to another size. */
export function preparedNotes(
  document: PageDocument,
  isChanged: boolean,
  chooseSize: () => void,
): readonly HTMLElement[] {
  const from = preparedWords(document, isChanged);
  const size = sizeWords(document);
  return [
    ...(from === undefined ? [] : [element('p', { class: 'quiet prepared-from' }, from)]),
    ...(size === undefined
      ? []
      : [
          element('p', { class: 'quiet size-from' }, size),
          button('Choose size…', chooseSize, { kind: 'link' }),
        ]),
  ];
}

/** A file's name in front keeps its own case. */
function capital(words: string): string {
  return words.replace(/^[a-z]+(?=[ ,:])/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
}

import { element } from './element';

/** Longer pieces may break, or they would overflow their pane. */
const longestPiece = 22;

/** A sign stays with what follows it: `− mean 0.485`. */
const signSpace = /^([−÷×]) /;

/** A text that breaks at its separators rather than inside `27 × 27 × 256` or `÷ 255`; a comma ends its line. */
export function phrase(text: string, separator: string): readonly (Node | string)[] {
  const gap = separator.trimStart() === separator ? ' ' : separator;
  const mark = separator.slice(0, -gap.length);
  const pieces = text.split(separator);
  return pieces.flatMap((part, index) => {
    const piece = index < pieces.length - 1 ? part + mark : part;
    const kept =
      piece.length <= longestPiece
        ? element('span', { class: 'whole' }, piece)
        : piece.replace(signSpace, '$1\u00a0');
    return index === 0 ? [kept] : [gap, kept];
  });
}

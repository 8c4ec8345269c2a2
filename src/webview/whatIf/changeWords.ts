import type { ErasedArea, RunChanges } from '../../protocol/changedRun';
import { probabilityWords, shortLabel } from '../../protocol/pictureWords';
import type { RunView } from '../../protocol/panelProtocol';
import type { ChangedRunView } from '../../protocol/whatIf';
import type { Size } from '../draw/rect';

/** As many are named in a line. */
const named = 4;

/** `without channels 37 and 112 of conv5 · 12 % of the picture erased`. */
export function changesWords({ off = {}, erased }: RunChanges, seen: Size): string {
  const parts = Object.entries(off).map(
    ([layer, channels]) => `${layer} without ${listWords(channels)}`,
  );
  if (erased) parts.push(`${erasedShare(erased.areas, seen)} of the picture erased`);
  return parts.join(' · ');
}

/** `tabby 31.0 % → 4.2 %`, and what is the most probable now, where that is another class. */
export function shiftWords(before: RunView, { predictions, left }: ChangedRunView): string {
  const [top] = before.predictions;
  const [now] = predictions;
  const then = [...predictions, ...left].find(({ index }) => index === top?.index);
  const shift = (of: typeof then): readonly string[] =>
    of
      ? [
          `${shortLabel(of.label)} ${probabilityWords(of.before)} → ${probabilityWords(of.probability)}`,
        ]
      : [];
  return [...shift(then), ...(now?.index === top?.index ? [] : shift(now))].join(', ');
}

function listWords(channels: readonly number[]): string {
  const shown = channels.slice(0, named).join(', ');
  const more = channels.length - named;
  return more > 0 ? `${shown} and ${more} more` : shown;
}

/** `12 %` of the pixels, each counted once. */
export function erasedShare(areas: readonly ErasedArea[], { width, height }: Size): string {
  const erased = new Uint8Array(width * height);
  for (const { top, left, ...size } of areas) {
    const [first, end] = [Math.max(0, left), Math.min(width, left + size.width)];
    for (let y = Math.max(0, top); y < Math.min(height, top + size.height); y++)
      if (first < end) erased.fill(1, y * width + first, y * width + end);
  }
  const share = (100 * erased.reduce((sum, each) => sum + each, 0)) / erased.length;
  return share > 0 && share < 1 ? 'less than 1 %' : `${Math.round(share)} %`;
}

import type { RgbPicture } from '../../protocol/runMaps';
import { button, element } from '../draw/element';
import { heatTitles, type HeatMap, type HeatMode } from '../draw/heatMap';
import { explained } from '../draw/term';
import { formatValue } from '../draw/numberFormat';
import { heatImage, pictureImage } from '../draw/pixels';
import type { Actions } from '../state/actions';
import type { ComparedRow, RowNumbers } from './comparedRows';

interface TableOptions {
  readonly heat: HeatMode;
  readonly select: Actions['select'];
}

const heads = [
  ['Layer', 'Kind and shape'],
  ['A', 'Maps of A; where nothing else is said, equal colours are equal values in B'],
  ['B', 'Maps of B; where nothing else is said, equal colours are equal values in A'],
  [
    '|B − A|',
    'At each cell the root of the mean square over the channels; each layer has a scale of its own',
  ],
  ['max abs'],
  ['RMSE'],
  ['of RMS'],
  ['cosine'],
] as const;

const mapTitles: Readonly<Record<HeatMode, string>> = {
  mean: 'mean of the channels',
  strongest: 'strongest channel',
  gradCam: heatTitles.gradCam,
};

/** Index of the first column of numbers. */
const firstNumber = 4;

/** Every layer of two runs, with both maps, their difference and its numbers. */
export function compareTable(rows: readonly ComparedRow[], options: TableOptions): HTMLElement {
  const titles = heads.map(([head, title], index) =>
    element(
      'th',
      { scope: 'col', title, class: index >= firstNumber && 'numeric' },
      explained(head),
    ),
  );
  return element(
    'table',
    { class: 'compare-table' },
    element('caption', { class: 'hidden-label' }, 'Layers of A and B'),
    element('thead', {}, element('tr', {}, ...titles)),
    element('tbody', {}, ...rows.map((row) => tableRow(row, options))),
  );
}

function tableRow(row: ComparedRow, { heat, select }: TableOptions): HTMLElement {
  const { name, a, b, difference, seen, isFirst } = row;
  const open = (): void => select(name, { focus: true });
  const title = b ? button(name, open, { kind: 'link' }) : element('span', {}, name);
  const mark = isFirst ? [element('span', { class: 'chip' }, 'first difference')] : [];
  const what = mapTitles[heat];
  const head = element(
    'th',
    { scope: 'row' },
    element('span', { class: 'row-name' }, title, ...mark),
    element('span', { class: 'quiet' }, row.shape),
    ...(row.ownScales ? [element('span', { class: 'quiet' }, 'A and B on their own scales')] : []),
  );
  return element(
    'tr',
    { 'data-row': name, class: rowClass(row) },
    head,
    ...(seen
      ? [
          pictureCell(seen.a, 'What the network saw in A'),
          pictureCell(seen.b, 'What the network saw in B'),
        ]
      : [mapCell(a, `${name} in A, ${what}`), mapCell(b, `${name} in B, ${what}`)]),
    mapCell(difference, `Difference of ${name}`),
    ...(row.numbers ? numberCells(row.numbers, row.note) : [noteCell(row.note ?? '')]),
  );
}

function rowClass({ isFirst, parts }: ComparedRow): string {
  if (isFirst) return 'parts first';
  return parts ? 'parts' : 'same';
}

function pictureCell(picture: RgbPicture, alt: string): HTMLElement {
  const image = element('img', {
    class: 'compared-map',
    src: pictureImage(picture),
    alt,
    title: alt,
  });
  return element('td', { class: 'map-cell' }, image);
}

function mapCell(map: HeatMap | undefined, name: string): HTMLElement {
  if (!map) return element('td', { class: 'map-cell' });
  const { kind, max } = map.scale;
  const range =
    kind === 'diverging'
      ? `${formatValue(-max)} to ${formatValue(max)}`
      : `0 to ${formatValue(max)}`;
  const words = map.scale.dead ? `${name}: 0 throughout` : `${name}: ${range}`;
  return element(
    'td',
    { class: 'map-cell' },
    element('img', { class: 'compared-map', src: heatImage(map), alt: words, title: words }),
  );
}

function numberCells(
  { maxAbs, rmse, share, bar, cosine }: RowNumbers,
  note?: string,
): HTMLElement[] {
  const part = element('div', { class: 'part-bar' });
  part.style.width = `${100 * bar}%`;
  const track = element('div', { class: 'track-bar', 'aria-hidden': 'true' }, part);
  const noted = note === undefined ? [] : [element('span', { class: 'broken-note' }, note)];
  const cell = (...content: readonly (Node | string)[]): HTMLElement =>
    element('td', { class: 'numeric' }, ...content);
  return [cell(maxAbs, ...noted), cell(rmse), cell(share, track), cell(cosine)];
}

function noteCell(note: string): HTMLElement {
  return element('td', { class: 'quiet', colspan: heads.length - firstNumber }, note);
}

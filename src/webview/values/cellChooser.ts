import { mapShape } from '../../network/tensor/cell';
import type { Cell } from '../../network/tensor/cell';
import { isMapShape, type Shape } from '../../network/tensor/shape';
import { element } from '../draw/element';
import { unitGrid, type Grid, type MapCell } from '../draw/grid';
import { cellAfterKey } from '../draw/gridKeys';
import { heatScale } from '../draw/heatScale';
import { formatPrecise } from '../draw/numberFormat';
import { onPointer } from '../draw/onPointer';
import { dirtyCheck } from '../draw/redraw';
import type { PointAt } from '../probe/probe';
import type { ProbeMarks } from '../probe/probeMarks';
import { channelMap } from './chosenCell';
import { MarkedMap } from './markedMap';
import { NumberField } from './numberField';

/** What there is to choose from: a layer's values in a run. */
export interface Choice {
  readonly layer: string;
  readonly shape: Shape;
  readonly data: Float32Array;
  readonly cell: Cell;
}

/** Chooses one value of a layer: by number, by arrow keys on a map of the channel, or by a click on it. */
export class CellChooser {
  readonly element: HTMLElement;
  private readonly map: MarkedMap;
  private readonly channel: NumberField;
  private readonly unit: NumberField;
  private readonly row: NumberField;
  private readonly column: NumberField;
  private readonly value = element('output', { class: 'chosen-value' });
  private readonly changed = dirtyCheck();
  private choice: Choice | undefined;

  constructor(
    private readonly select: (cell: Cell) => void,
    private readonly pointAt: PointAt,
  ) {
    const field = (label: string, part: keyof Cell): NumberField =>
      new NumberField(label, (value) => {
        if (this.choice) select({ ...this.choice.cell, [part]: value });
      });
    this.channel = field('Channel', 'channel');
    this.unit = field('Unit', 'channel');
    this.row = field('Row', 'row');
    this.column = field('Column', 'column');
    this.map = new MarkedMap(
      { class: 'marked-map cell-map', role: 'application', tabindex: 0 },
      (row, column) => this.pick(row, column),
    );
    this.listen();
    const fields = [this.channel, this.unit, this.row, this.column].map((each) => each.element);
    this.element = element(
      'div',
      { class: 'cell-chooser' },
      this.map.element,
      element('div', { class: 'cell-fields' }, ...fields, this.value),
    );
  }

  update(choice: Choice): void {
    this.choice = choice;
    const { layer, shape, data, cell } = choice;
    const units = !isMapShape(shape);
    const [height, width, channels] = mapShape(shape);
    const { rows, columns } = gridOf(shape);
    if (this.changed(layer, data, units || cell.channel)) {
      const values = units ? data : channelMap(data, shape, cell.channel);
      this.map.show({
        columns,
        rows,
        values,
        scale: heatScale(values),
        channel: cell.channel,
        units,
      });
      const what = units
        ? `The ${channels} units of ${layer}`
        : `Channel ${cell.channel} of ${layer}`;
      this.map.element.setAttribute('aria-label', `${what}: the arrow keys choose a value`);
    }
    const place = placeOf(cell, shape);
    this.map.mark(place.row, place.column);
    this.channel.element.hidden = units;
    this.row.element.hidden = units;
    this.column.element.hidden = units;
    this.unit.element.hidden = !units;
    this.channel.update(cell.channel, channels - 1);
    this.unit.update(cell.channel, channels - 1);
    this.row.update(cell.row, height - 1);
    this.column.update(cell.column, width - 1);
    const value = data[(cell.row * width + cell.column) * channels + cell.channel] ?? NaN;
    this.value.textContent = `= ${formatPrecise(value)}`;
  }

  probe(marks: ProbeMarks | undefined): void {
    this.map.probe((this.choice && marks?.maps.get(this.choice.layer)) ?? []);
  }

  private listen(): void {
    const { element: map } = this.map;
    map.addEventListener('keydown', (event) => this.key(event));
    map.addEventListener('focus', () => {
      if (map.matches(':focus-visible')) this.pointAtChosen({ aloud: true });
    });
    map.addEventListener('blur', () => this.pointAt(undefined, { aloud: false }));
    onPointer(map, {
      move: (event) => this.point(this.map.cellUnder(event), { aloud: false }),
      leave: () => {
        if (map.matches(':focus-visible')) this.pointAtChosen({ aloud: false });
        else this.pointAt(undefined, { aloud: false });
      },
    });
  }

  private pointAtChosen(options: { readonly aloud: boolean }): void {
    if (this.choice) this.point(placeOf(this.choice.cell, this.choice.shape), options);
  }

  private point({ row, column }: MapCell, options: { readonly aloud: boolean }): void {
    const { choice } = this;
    if (choice) this.pointAt({ kind: 'cell', layer: choice.layer, row, column }, options);
  }

  /** A place of the map that was picked, as the cell that it shows. */
  private pick(row: number, column: number): void {
    if (!this.choice) return;
    const { shape, cell } = this.choice;
    if (isMapShape(shape)) {
      this.select({ ...cell, row, column });
      return;
    }
    const unit = row * gridOf(shape).columns + column;
    if (unit < (shape[0] ?? 0)) this.select({ ...cell, channel: unit });
  }

  private key(event: KeyboardEvent): void {
    if (!this.choice) return;
    const { shape, cell } = this.choice;
    const next = cellAfterKey(event.key, placeOf(cell, shape), gridOf(shape));
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    this.pick(next.row, next.column);
    this.pointAtChosen({ aloud: true });
  }
}

/** The rows and columns that the map is drawn in. */
function gridOf(shape: Shape): Grid {
  const [height, width, channels] = mapShape(shape);
  return isMapShape(shape) ? { rows: height, columns: width } : unitGrid(channels);
}

function placeOf(cell: Cell, shape: Shape): MapCell {
  if (isMapShape(shape)) return cell;
  const { columns } = gridOf(shape);
  return { row: Math.floor(cell.channel / columns), column: cell.channel % columns };
}

import type { RgbPicture } from '../../protocol/runMaps';
import { strongestCell, valueAt } from '../draw/channelStats';
import { seenWords } from '../channels/channelWords';
import { element } from '../draw/element';
import type { MapCell } from '../draw/grid';
import { cellAfterKey } from '../draw/gridKeys';
import { cellRect, mapPoint, seenRect } from '../draw/mapPlacement';
import { onPointer } from '../draw/onPointer';
import { pictureImage, putPixels } from '../draw/pixels';
import { signed } from '../draw/numberFormat';
import { paintMap } from '../draw/paintMap';
import { Readout } from '../draw/readout';
import type { Rect } from '../draw/rect';
import { dirtyCheck } from '../draw/redraw';
import type { PointAt } from '../probe/probe';
import type { DrawnMap } from './drawnMap';
import { explanationColours } from './mapScale';

/** Arrows walk single pixels with Shift, else so many: from edge to edge in as many steps as a map has cells. */
const pixelStep = 8;

export interface PictureState {
  readonly seen: RgbPicture;
  /** Undefined while there is none. */
  readonly map: DrawnMap | undefined;
  /** Distance of the scale's ends from zero. */
  readonly reach: number;
  readonly opacity: number;
  readonly threshold: number;
  /** What the numbers are, as `logits`. */
  readonly unit: string;
  /** The map is of something else than what is asked for now. */
  readonly isOld: boolean;
}

/** What the network saw, in grey, and a map over it whose cells lie where they look; each can be read. */
export class ExplainedPicture {
  readonly element: HTMLElement;
  private readonly picture = element('img', { alt: '' });
  private readonly canvas = element('canvas');
  private readonly seenFrame = element('div', { class: 'seen-frame', hidden: true });
  private readonly cellFrame = element('div', { class: 'cell-frame', hidden: true });
  private readonly stage = element(
    'div',
    { class: 'explain-stage', role: 'application', tabindex: 0 },
    this.picture,
    this.canvas,
    this.seenFrame,
    this.cellFrame,
  );
  private readonly readout = new Readout('readout');
  private readonly changed = dirtyCheck();
  private state: PictureState | undefined;
  /** The cell that the keyboard or a click went to. */
  private cell: MapCell | undefined;

  constructor(private readonly probe: PointAt) {
    this.element = element('div', { class: 'explain-picture' }, this.stage, this.readout.element);
    onPointer(this.stage, {
      move: (event) => this.point(this.cellUnder(event), false),
      leave: () => this.point(this.cell, false),
    });
    this.stage.addEventListener('click', (event) => {
      this.cell = this.cellUnder(event);
      this.point(this.cell, false);
    });
    this.stage.addEventListener('keydown', (event) => this.key(event));
    this.stage.addEventListener('focus', () => {
      if (!this.stage.matches(':focus-visible')) return;
      this.cell ??= this.strongest();
      this.point(this.cell, true);
    });
    this.stage.addEventListener('blur', () => probe(undefined, { aloud: false }));
    new ResizeObserver(() => requestAnimationFrame(() => this.draw())).observe(this.stage);
  }

  update(state: PictureState, name: string): void {
    if (state.map !== this.state?.map) this.cell = undefined;
    this.state = state;
    const { seen, opacity, isOld } = state;
    this.stage.setAttribute('aria-label', name);
    this.stage.style.aspectRatio = `${seen.width} / ${seen.height}`;
    this.stage.classList.toggle('explain-old', isOld);
    const url = pictureImage(seen);
    if (this.picture.src !== url) this.picture.src = url;
    this.canvas.style.opacity = String(opacity);
    this.draw();
    this.say(this.cell, false);
  }

  private draw(): void {
    const { state } = this;
    const { clientWidth, clientHeight } = this.stage;
    if (!state || clientWidth === 0) return;
    const { map, reach, threshold } = state;
    const ratio = devicePixelRatio;
    if (!this.changed(map, reach, threshold, ratio, clientWidth, clientHeight)) return;
    this.canvas.hidden = map === undefined;
    if (!map) return;
    const size = {
      width: Math.round(clientWidth * ratio),
      height: Math.round(clientHeight * ratio),
    };
    const { maps, placement } = map;
    const colours = explanationColours(threshold);
    const painting = { maps, channel: 0, placement, reach, colours, smooth: false };
    putPixels(this.canvas, paintMap(painting, size), size);
  }

  private cellUnder({ offsetX, offsetY }: MouseEvent): MapCell | undefined {
    const placement = this.state?.map?.placement;
    if (!placement) return undefined;
    const x = (offsetX * placement.input.width) / this.stage.clientWidth;
    const y = (offsetY * placement.input.height) / this.stage.clientHeight;
    const point = mapPoint(placement, x, y);
    return point && { row: Math.floor(point.row), column: Math.floor(point.column) };
  }

  /** Where the map is furthest from zero. */
  private strongest(): MapCell | undefined {
    const map = this.state?.map;
    return map && strongestCell(map.maps, 0);
  }

  private point(cell: MapCell | undefined, aloud: boolean): void {
    const map = this.state?.map;
    if (!map) return;
    this.say(cell, aloud);
    const isHere = this.stage.matches(':hover, :focus');
    this.probe(isHere && cell ? probed(map, cell) : undefined, { aloud: false });
  }

  private say(cell: MapCell | undefined, aloud: boolean): void {
    const { state } = this;
    const map = state?.map;
    this.cellFrame.hidden = this.seenFrame.hidden = !map || !cell;
    if (!state || !map || !cell) {
      const hint = map ? 'Point at the picture, or walk it with the arrow keys.' : '';
      this.readout.show(hint, { aloud: false });
      return;
    }
    const { placement, maps } = map;
    const seen = seenRect(placement, cell.row, cell.column);
    place(this.cellFrame, cellRect(placement, cell.row, cell.column), placement.input);
    place(this.seenFrame, seen, placement.input);
    const value = signed(valueAt(maps, 0, cell.row, cell.column));
    const where = `row ${cell.row}, column ${cell.column}`;
    const sees =
      map.layer === undefined ? coversWords(seen) : `${map.layer} cell ${seenWords(seen)}`;
    this.readout.show(`${value} ${state.unit} · ${where} · ${sees}`, { aloud });
  }

  private key(event: KeyboardEvent): void {
    const map = this.state?.map;
    if (!map || event.ctrlKey || event.metaKey || event.altKey) return;
    const before = this.cell ?? this.strongest() ?? { row: 0, column: 0 };
    const isFine = map.placement.field.columns.stride === 1 && !event.shiftKey;
    const cell = cellAfterKey(event.key, before, map.maps, isFine ? pixelStep : 1);
    if (!cell) return;
    event.preventDefault();
    event.stopPropagation();
    this.cell = cell;
    this.point(cell, true);
  }
}

/** A cell of a layer is pointed at as such, anything else by the pixel in its middle. */
function probed({ layer, placement }: DrawnMap, cell: MapCell): Parameters<PointAt>[0] {
  if (layer !== undefined) return { kind: 'cell', layer, ...cell };
  const { x, y, width, height } = seenRect(placement, cell.row, cell.column);
  return { kind: 'pixel', row: Math.floor(y + height / 2), column: Math.floor(x + width / 2) };
}

function coversWords(rect: Rect): string {
  return seenWords(rect)
    .replace(/^sees /, '')
    .replace(/ of the input$/, '');
}

function place({ style }: HTMLElement, rect: Rect, input: { width: number; height: number }): void {
  style.left = `${(100 * rect.x) / input.width}%`;
  style.top = `${(100 * rect.y) / input.height}%`;
  style.width = `${(100 * rect.width) / input.width}%`;
  style.height = `${(100 * rect.height) / input.height}%`;
}

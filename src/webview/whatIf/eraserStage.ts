import type { ErasedArea } from '../../protocol/changedRun';
import type { RgbPicture } from '../../protocol/runMaps';
import { element } from '../draw/element';
import { isArrow } from '../draw/gridKeys';
import { pictureImage } from '../draw/pixels';
import { Readout } from '../draw/readout';
import { clamp } from '../draw/rect';
import { dirtyCheck } from '../draw/redraw';

type Point = readonly [x: number, y: number];

/** Squares along a drag overlap by so much of their side. */
const overlap = 4;

export interface Erasing {
  /** What the network saw, whole. */
  readonly seen: RgbPicture;
  readonly areas: readonly ErasedArea[];
  /** The colour that erased pixels take, from 0 to 255. */
  readonly colour: readonly number[];
  /** The side of the square, in pixels of the picture. */
  readonly brush: number;
}

interface StageHandlers {
  /** More is erased, by the stroke of that number. */
  readonly erase: (areas: readonly ErasedArea[], stroke: number) => void;
}

/** The picture with a square that erases: dragged by the pointer, or walked and pressed by keys. */
export class EraserStage {
  readonly element: HTMLElement;
  private readonly picture = element('img', { alt: '' });
  private readonly canvas = element('canvas');
  private readonly frame = element('div', { class: 'cell-frame', hidden: true });
  private readonly stage = element(
    'div',
    {
      class: 'eraser-stage',
      role: 'application',
      tabindex: 0,
      'aria-label': 'The picture to erase: arrows move a square, Space erases what is under it',
    },
    this.picture,
    this.canvas,
    this.frame,
  );
  private readonly readout = new Readout('readout');
  private readonly changed = dirtyCheck();
  private erasing: Erasing | undefined;
  /** The middle of the square. */
  private at: Point | undefined;
  /** Where the stroke under way was last. */
  private from: Point | undefined;
  /** Of this stroke, until the host knows of them. */
  private fresh: readonly ErasedArea[] = [];
  private stroke = Date.now();

  constructor(private readonly handlers: StageHandlers) {
    this.element = element('div', { class: 'explain-picture' }, this.stage, this.readout.element);
    const { stage } = this;
    stage.addEventListener('pointerdown', (event) => this.begin(event));
    stage.addEventListener('pointermove', (event) => this.move(event));
    for (const end of ['pointerup', 'pointercancel'] as const)
      stage.addEventListener(end, () => (this.from = undefined));
    stage.addEventListener('pointerleave', () => {
      if (!this.from) this.place(undefined);
    });
    stage.addEventListener('keydown', (event) => this.key(event));
    stage.addEventListener('focus', () => {
      if (!stage.matches(':focus-visible')) return;
      this.place(this.at ?? this.middle());
      this.say();
    });
    stage.addEventListener('blur', () => this.place(undefined));
  }

  focus(): void {
    this.stage.focus();
  }

  update(erasing: Erasing): void {
    const { seen, areas, colour, brush } = erasing;
    if (this.erasing?.areas !== areas) this.fresh = this.from ? this.fresh : [];
    this.erasing = erasing;
    this.stage.style.aspectRatio = `${seen.width} / ${seen.height}`;
    const url = pictureImage(seen);
    if (this.picture.src !== url) this.picture.src = url;
    if (this.changed(seen, areas, colour.join(' '), brush)) this.draw();
  }

  private begin(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.stage.setPointerCapture(event.pointerId);
    this.stroke += 1;
    this.fresh = [];
    this.at = this.from = this.pointOf(event);
    this.erase([this.at]);
  }

  private move(event: PointerEvent): void {
    const to = this.pointOf(event);
    this.place(to);
    if (!this.from) return;
    const points = pointsBetween(this.from, to, Math.max(1, this.brush / overlap));
    if (points.length === 0) return;
    this.from = points.at(-1);
    this.erase(points);
  }

  private erase(points: readonly Point[]): void {
    const areas = points.map((point) => this.areaAt(point));
    this.fresh = [...this.fresh, ...areas];
    this.draw();
    this.handlers.erase(areas, this.stroke);
  }

  private key(event: KeyboardEvent): void {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.at ?? this.middle();
    if (key === ' ' || key === 'Enter') {
      this.stroke += 1;
      this.place(at);
      this.erase([at]);
    } else if (isArrow(key)) {
      const step = event.shiftKey ? 1 : Math.max(1, Math.round(this.brush / 2));
      const { width = 1, height = 1 } = this.erasing?.seen ?? {};
      const [right, down] = directions[key] ?? [0, 0];
      this.place([
        clamp(at[0] + step * right, 0, width - 1),
        clamp(at[1] + step * down, 0, height - 1),
      ]);
    } else return;
    event.preventDefault();
    event.stopPropagation();
    this.say();
  }

  private place(at: Point | undefined): void {
    if (at) this.at = at;
    const { erasing } = this;
    this.frame.hidden = !at || !erasing;
    if (!at || !erasing) return;
    const { top, left, height, width } = this.areaAt(at);
    const { seen } = erasing;
    const { style } = this.frame;
    style.left = `${(100 * left) / seen.width}%`;
    style.top = `${(100 * top) / seen.height}%`;
    style.width = `${(100 * width) / seen.width}%`;
    style.height = `${(100 * height) / seen.height}%`;
  }

  private say(): void {
    if (!this.at) return;
    const { top, left, height, width } = this.areaAt(this.at);
    const rows = `rows ${top}–${top + height - 1}`;
    this.readout.show(`${rows}, columns ${left}–${left + width - 1}`, { aloud: true });
  }

  /** At once, whatever the network makes of it. */
  private draw(): void {
    const { erasing, canvas } = this;
    const pen = canvas.getContext('2d');
    if (!erasing || !pen) return;
    const { seen, areas, colour } = erasing;
    canvas.width = seen.width;
    canvas.height = seen.height;
    pen.fillStyle = `rgb(${colour.join(' ')})`;
    for (const { left, top, width, height } of [...areas, ...this.fresh])
      pen.fillRect(left, top, width, height);
  }

  private areaAt([x, y]: Point): ErasedArea {
    const { brush } = this;
    const start = (middle: number): number => Math.round(middle - brush / 2);
    return { top: start(y), left: start(x), height: brush, width: brush };
  }

  private pointOf({ clientX, clientY }: PointerEvent): Point {
    const box = this.stage.getBoundingClientRect();
    const { width = 1, height = 1 } = this.erasing?.seen ?? {};
    return [
      ((clientX - box.left) * width) / box.width,
      ((clientY - box.top) * height) / box.height,
    ];
  }

  private middle(): Point {
    const { width = 0, height = 0 } = this.erasing?.seen ?? {};
    return [width / 2, height / 2];
  }

  private get brush(): number {
    return this.erasing?.brush ?? 1;
  }
}

const directions: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Points on the way to another, so far apart; none while that is near. */
export function pointsBetween(from: Point, to: Point, apart: number): readonly Point[] {
  const [across, down] = [to[0] - from[0], to[1] - from[1]];
  const count = Math.floor(Math.hypot(across, down) / apart);
  return Array.from({ length: count }, (_, index) => {
    const part = (index + 1) / count;
    return [from[0] + part * across, from[1] + part * down];
  });
}

import { pointer, select } from 'd3-selection';
import { visibleRect, type Transform } from './layout/fitTransform';
import type { GraphLayout } from './layout/graphLayout';
import { type Size, intersection, type Rect } from '../draw/rect';

const box = { width: 168, height: 112 } as const;

/** The whole graph, small, with a frame around what the pane shows; a press moves the pane there. */
export class MinimapView {
  readonly element: SVGSVGElement;
  private readonly blocks;
  private readonly frame;
  private world: Size = { width: 1, height: 1 };

  constructor(moveTo: (x: number, y: number) => void) {
    const svg = select(document.createElementNS('http://www.w3.org/2000/svg', 'svg'));
    svg.attr('class', 'minimap').attr('aria-hidden', 'true');
    this.blocks = svg.append('path').attr('class', 'minimap-blocks');
    this.frame = svg.append('rect').attr('class', 'minimap-frame');
    const press = (event: PointerEvent): void => {
      if (event.buttons !== 1) return;
      const [x, y] = pointer(event, svg.node());
      const scale = minimapScale(this.world, box);
      moveTo(x / scale, y / scale);
    };
    svg.on('pointerdown', press).on('pointermove', press);
    this.element = svg.node() ?? document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  }

  draw({ nodes, width, height }: GraphLayout): void {
    this.world = { width, height };
    const scale = minimapScale(this.world, box);
    select(this.element)
      .attr('width', width * scale)
      .attr('height', height * scale);
    const path = nodes.map(
      (placed) =>
        `M${placed.x},${placed.y}h${placed.width + placed.depthX}v${placed.height}h${-(placed.width + placed.depthX)}z`,
    );
    this.blocks.attr('d', path.join('')).attr('transform', `scale(${scale})`);
  }

  /** `hides` where something else says what is in sight. */
  follow(transform: Transform, pane: Size, hides: boolean): void {
    const scale = minimapScale(this.world, box);
    const seen = visiblePart(transform, pane, this.world);
    this.element.classList.toggle('shown', !hides && needsMinimap(transform, pane, this.world));
    this.frame
      .attr('x', seen.x * scale)
      .attr('y', seen.y * scale)
      .attr('width', seen.width * scale)
      .attr('height', seen.height * scale);
  }
}

/** The scale that brings the picture into a box. */
export function minimapScale(world: Size, box: Size): number {
  return Math.min(box.width / world.width, box.height / world.height);
}

/** The part of the picture that the pane shows, in the picture's own pixels. */
export function visiblePart(transform: Transform, pane: Size, world: Size): Rect {
  return intersection(visibleRect(transform, pane), { x: 0, y: 0, ...world });
}

/** A minimap helps only where some of the picture is out of sight. */
export function needsMinimap(transform: Transform, pane: Size, world: Size): boolean {
  const seen = visiblePart(transform, pane, world);
  return seen.width * seen.height < 0.9 * world.width * world.height;
}

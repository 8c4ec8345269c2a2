import type { Selection } from 'd3-selection';
import { formatShape } from '../../network/tensor/shape';
import type { Arrow } from './layout/arrows';

type Layer = Selection<SVGGElement, unknown, null, undefined>;

/** The head that arrows share; must be in the drawing once. */
export function defineArrowHead(svg: Selection<SVGSVGElement, unknown, null, undefined>): void {
  svg
    .append('defs')
    .append('marker')
    .attr('id', 'arrow-head')
    .attr('class', 'arrow-head')
    .attr('viewBox', '0 0 8 8')
    .attr('refX', 7)
    .attr('refY', 4)
    .attr('markerWidth', 7)
    .attr('markerHeight', 7)
    .attr('markerUnits', 'userSpaceOnUse')
    .attr('orient', 'auto')
    .append('path')
    .attr('d', 'M1,1L7,4L1,7');
}

/** Arrows carry the tensor: its shape shows when the pointer rests on one. */
export function drawArrows(layer: Layer, arrows: readonly Arrow[]): void {
  layer
    .selectAll<SVGGElement, Arrow>('g')
    .data(arrows, ({ from, to }) => `${from} ${to}`)
    .join((enter) => {
      const arrow = enter.append('g').attr('class', 'arrow');
      arrow.append('path').attr('class', 'reach');
      arrow.append('path').attr('class', 'line').attr('marker-end', 'url(#arrow-head)');
      arrow.append('title');
      return arrow;
    })
    .each(function ({ from, to, shape, path }) {
      for (const line of this.querySelectorAll('path')) line.setAttribute('d', path);
      const title = this.querySelector('title');
      if (title) title.textContent = `${from} → ${to}: ${shape ? formatShape(shape) : '?'}`;
    });
}

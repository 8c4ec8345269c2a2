import { type Selection, select } from 'd3-selection';
import { cellLines, type PlacedNode } from './layout/placedNode';
import type { Rect } from '../draw/rect';

/** A map or picture on a block's face. */
export interface FaceImage {
  readonly url: string;
  /** Cells must stay square-edged; a photograph may be smoothed. */
  readonly pixelated: boolean;
  /** Nothing in the layer answered. */
  readonly dead: boolean;
}

type Group = Selection<SVGGElement, unknown, null, undefined>;

/**
 * The face that shows the layer's map, in place of the one before, one by one units large; a slab's face is its side, seen
 * at an angle.
 */
export function drawFace(block: Group, placed: PlacedNode, image: FaceImage | undefined): void {
  const { width, height, depthX, depthY, node } = placed;
  const matrix =
    node.form === 'slab'
      ? `matrix(${depthX},${-depthY},0,${height},${width},0)`
      : `matrix(${width},0,0,${height},0,0)`;
  block.select('.face').remove();
  const face = block.append('g').attr('class', 'face').attr('transform', matrix);
  face.append('rect').attr('class', 'blank').attr('width', 1).attr('height', 1);
  if (image) {
    face
      .append('image')
      .attr('class', image.pixelated ? 'map' : 'picture')
      .attr('href', image.url)
      .attr('width', 1)
      .attr('height', 1)
      .attr('preserveAspectRatio', 'none');
  } else {
    face
      .append('path')
      .attr('class', 'cells')
      .attr('d', ruled(node.problem ? 1 : cellLines(placed)));
  }
  if (image?.dead) face.append('path').attr('class', 'dead').attr('d', 'M0,0L1,1M1,0L0,1');
  face.append('rect').attr('class', 'frame').attr('width', 1).attr('height', 1);
}

function ruled(cells: number): string {
  const inner = Array.from({ length: Math.ceil(cells) - 1 }, (_, index) => (index + 1) / cells);
  return inner.map((at) => `M${at.toFixed(4)},0V1M0,${at.toFixed(4)}H1`).join('');
}

/** Marks parts of a block's face, which is one by one units large: a light line on a dark one. */
export function markFace(face: Element | null, rects: readonly Rect[]): void {
  if (!face) return;
  const path = rects
    .map(({ x, y, width, height }) => `M${x},${y}h${width}v${height}h${-width}z`)
    .join('');
  select(face)
    .selectAll<SVGPathElement, string>('.probe')
    .data(path === '' ? [] : ['dark', 'light'])
    .join('path')
    .attr('class', (shade) => `probe ${shade}`)
    .attr('d', path);
}

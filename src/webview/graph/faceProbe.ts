import type { GraphNode } from './layout/graphNodes';
import { cellOfGrid, middleCell, type Grid, type MapCell } from '../draw/grid';
import { cellAfterKey } from '../draw/gridKeys';
import type { PointAt, Probe } from '../probe/probe';
import { drawnGrid, type ProbeMarks } from '../probe/probeMarks';
import { layerSummary, type Model } from '../state/model';
import { type GraphDrawing, nodeIdAt } from './graphDrawing';
import type { Point } from '../../network/preprocess/fitPlace';

/** The cells of the maps on the blocks' faces: pointed at by pointer and keyboard, marked from anywhere. */
export class FaceProbe {
  private model: Model | undefined;
  /** Where the keyboard is. */
  private at: { readonly layer: string; readonly cell: MapCell } | undefined;

  constructor(
    private readonly drawing: GraphDrawing,
    private readonly pointAt: PointAt,
  ) {
    listenToFaces(drawing.svg, (id, place) => {
      const layer = id === undefined ? undefined : this.layerOf(id);
      const grid = layer === undefined ? undefined : this.gridOf(layer);
      const probe =
        layer !== undefined && grid ? probeOf(layer, cellOfGrid(grid, place)) : undefined;
      this.pointAt(probe, { aloud: false });
    });
  }

  update(model: Model): void {
    this.model = model;
  }

  /** One cell on from the one before, or from the middle. */
  walk(id: string, key: string): void {
    const layer = this.layerOf(id);
    const grid = this.gridOf(layer);
    if (!grid) return;
    const before = this.at?.layer === layer ? this.at.cell : undefined;
    const cell = before ? (cellAfterKey(key, before, grid) ?? before) : middleCell(grid);
    this.at = { layer, cell };
    this.pointAt(probeOf(layer, cell), { aloud: true });
  }

  /** The keyboard has gone elsewhere. */
  leave(): void {
    if (!this.at) return;
    this.at = undefined;
    this.pointAt(undefined, { aloud: false });
  }

  mark(marks: ProbeMarks | undefined): void {
    this.drawing.probe(({ node }) => marks?.maps.get(drawnLayer(node)) ?? []);
  }

  private layerOf(id: string): string {
    const block = this.model?.shown.blocks.find(({ title }) => title === id);
    return block?.layers.at(-1) ?? id;
  }

  /** Undefined where no map is drawn. */
  private gridOf(layer: string): Grid | undefined {
    const { model } = this;
    const summary = model?.run && layerSummary(model, layer);
    if (!summary) return undefined;
    const { width, height } = drawnGrid(summary);
    return { columns: width, rows: height };
  }
}

function probeOf(layer: string, cell: MapCell): Probe {
  return { kind: 'cell', layer, ...cell };
}

/** The layer whose map is on the block's face. */
function drawnLayer({ layers, id }: GraphNode): string {
  return layers.at(-1) ?? id;
}

/** Tells which place of which block's face the pointer is on, from 0 to 1; undefined when it leaves. */
function listenToFaces(
  svg: SVGSVGElement,
  point: (id: string | undefined, place: Point) => void,
): void {
  let inside = false;
  const leave = (): void => {
    if (inside) point(undefined, { x: 0, y: 0 });
    inside = false;
  };
  svg.addEventListener('pointermove', ({ target, clientX, clientY, buttons }) => {
    const face = target instanceof Element ? target.closest<SVGGElement>('.face') : null;
    const matrix = face?.getScreenCTM()?.inverse();
    const id = nodeIdAt(target);
    if (!matrix || id === undefined || buttons !== 0) {
      leave();
      return;
    }
    inside = true;
    point(id, new DOMPoint(clientX, clientY).matrixTransform(matrix));
  });
  svg.addEventListener('pointerleave', leave);
}

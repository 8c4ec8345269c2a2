import type { LayerOf } from '../layer';
import { slideWindow } from '../window';
import type { Cell } from './cell';

/** Where a window lies on the map before it: below 0 or past the end where it reaches into the padding. */
export interface WindowPlace {
  readonly top: number;
  readonly left: number;
  /** Cells along each side of the window. */
  readonly size: number;
  /** Of the map that it lies on. */
  readonly height: number;
  readonly width: number;
}

type Windowed = LayerOf<'Conv2D' | 'MaxPooling2D' | 'AdaptiveAveragePooling2D'>;

/** The window that one cell of a layer looks through. */
export function windowPlace(layer: Windowed, { row, column }: Omit<Cell, 'channel'>): WindowPlace {
  const [height = 0, width = 0] = layer.inputShape;
  const settings = slide(layer, height);
  const start = (side: number, cell: number): number =>
    cell * settings.stride - slideWindow(side, settings).padBefore;
  return {
    top: start(height, row),
    left: start(width, column),
    size: settings.size,
    height,
    width,
  };
}

function slide(layer: Windowed, side: number): Parameters<typeof slideWindow>[1] {
  switch (layer.kind) {
    case 'Conv2D':
      return { size: layer.kernel, stride: layer.stride, padding: layer.padding };
    case 'MaxPooling2D':
      return { size: layer.pool, stride: layer.stride, padding: layer.padding, ceil: layer.ceil };
    case 'AdaptiveAveragePooling2D': {
      const size = side / layer.size;
      return { size, stride: size, padding: 'valid' };
    }
  }
}

/** Whether a place of the window, counted row by row, lies outside the map. */
export function isPadding({ top, left, size, height, width }: WindowPlace, place: number): boolean {
  const row = top + Math.floor(place / size);
  const column = left + (place % size);
  return row < 0 || column < 0 || row >= height || column >= width;
}

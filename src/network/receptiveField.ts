import type { Layer } from './layer';
import type { Network } from './network';
import { slideWindow } from './window';

/** Which input pixels one output cell can see, along one axis, in pixels of the network's input. */
export interface ReceptiveField {
  readonly size: number;
  /** Distance between the fields of two neighbouring cells. */
  readonly stride: number;
  /** The first pixel that cell 0 sees; below 0 where it reaches into the padding. */
  readonly start: number;
}

/** A field, and how many cells stand along the map that is being seen. */
interface Seen extends ReceptiveField {
  readonly cells: number;
}

interface Step {
  readonly size: number;
  readonly stride: number;
  readonly padBefore: number;
  readonly cells: number;
}

/** The receptive field of every layer, by name (Araujo, Norris, Sim 2019, "Computing receptive fields"). */
export function receptiveFields(network: Network): ReadonlyMap<string, ReceptiveField> {
  const seen = new Map<string, Seen>();
  for (const layer of network.layers) {
    const before = layer.inputs.map((name) => seen.get(name)).find((field) => field);
    const cells = layer.outputShape[0] ?? 1;
    seen.set(layer.name, before ? grow(before, layer) : { size: 1, stride: 1, start: 0, cells });
  }
  return new Map(
    [...seen].map(([name, { size, stride, start }]) => [name, { size, stride, start }]),
  );
}

function grow(before: Seen, layer: Layer): Seen {
  const step = stepOf(layer, before.cells);
  if (!step) return before;
  return {
    size: before.size + (step.size - 1) * before.stride,
    stride: before.stride * step.stride,
    start: before.start - step.padBefore * before.stride,
    cells: step.cells,
  };
}

/** A layer as a sliding window over `side` cells; undefined where each cell sees one cell. */
export function stepOf(layer: Layer, side: number): Step | undefined {
  switch (layer.kind) {
    case 'Conv2D':
      return slide(side, { ...layer, size: layer.kernel });
    case 'MaxPooling2D':
      return slide(side, { ...layer, size: layer.pool });
    case 'AdaptiveAveragePooling2D': {
      const size = side / layer.size;
      return { size, stride: size, padBefore: 0, cells: layer.size };
    }
    case 'Dense':
      // A unit sees every cell, as one convolution as large as the map would.
      return { size: side, stride: 1, padBefore: 0, cells: 1 };
    case 'InputLayer':
    case 'BatchNormalization':
    case 'LocalResponseNormalization':
    case 'Flatten':
    case 'Dropout':
    case 'Softmax':
      return undefined;
  }
}

function slide(side: number, settings: Parameters<typeof slideWindow>[1]): Step {
  const { output: cells, padBefore } = slideWindow(side, settings);
  return { size: settings.size, stride: settings.stride, padBefore, cells };
}

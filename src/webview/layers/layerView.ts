import type { LayerKind, LayerOf } from '../../network/layers/layer';
import type { Operands } from '../../network/layers/operands';
import type { Cell } from '../../network/tensor/cell';
import type { Scene } from './scenes/scene';
import type { Stage } from './stages/stage';
import type { ShownChannels } from './stages/convolutionStages';

/** stack: a map, one sheet per few channels. slab: a thin layer that keeps its input's shape. units: a flat list. */
export type Form = 'stack' | 'slab' | 'units';

/** What a block is drawn for; kinds that do the same kind of work share a tint. */
export type Family =
  | 'input'
  | 'convolution'
  | 'normalisation'
  | 'pooling'
  | 'dense'
  | 'joining'
  | 'other';

/** What is drawn of a layer besides each weight tensor: all kernels, scale and shift, or a curve without weights. */
export type WeightsPicture =
  | { readonly drawn: 'kernels'; readonly layer: LayerOf<'Conv2D'> }
  | { readonly drawn: 'scaleAndShift'; readonly layer: LayerOf<'BatchNormalization'> }
  | { readonly drawn: 'lrnCurve'; readonly layer: LayerOf<'LocalResponseNormalization'> };

/** How a block of a kind of layer looks. */
export interface BlockView {
  readonly form: Form;
  readonly family: Family;
  /** What one output is called; a channel where it is left out. */
  readonly unit?: 'filter' | 'unit';
}

/** How a kind of layer looks, with its weights. */
export interface LayerView<K extends LayerKind> extends BlockView {
  readonly weights?: (layer: LayerOf<K>) => WeightsPicture;
}

/** The numbers that a value of this kind was made of. */
export type OperandsOf<K extends Operands['kind']> = Operands & { readonly kind: K };

/** How a person wants a value explained. */
export interface Telling {
  readonly cell: Cell;
  readonly shown: ShownChannels;
  /** What an input channel is called, counted within the patch. */
  readonly nameOf: (channel: number) => string;
}

/** What a scene is drawn from. */
interface SceneContext extends Telling {
  /** Names of the layer's inputs. */
  readonly sources: readonly string[];
  readonly stages: readonly Stage[];
  /** A step was clicked. */
  readonly pick: (stage: number, step: number) => void;
}

/** How values of one kind came about. */
export interface ValueView<K extends Operands['kind']> {
  /** What the layer does to make one value, in a line. */
  readonly formula: (operands: OperandsOf<K>) => string;
  /** The steps from the operands to the value. */
  readonly stages: (
    operands: OperandsOf<K>,
    telling: Telling & { readonly sources: readonly string[] },
  ) => readonly Stage[];
  /** What is shown beside the steps; nothing where it is left out. */
  readonly scene?: (operands: OperandsOf<K>, context: SceneContext) => Scene;
  /** The input value to look at next, which may lie beyond the map's edge; the same cell where it is left out. */
  readonly sourceCell?: (operands: OperandsOf<K>, cell: Cell) => Cell;
  /** The operands where a person chooses which of many input channels they see multiplied. */
  readonly patch?: (operands: OperandsOf<K>) => OperandsOf<'Conv2D'>;
}

/** One entry for every kind of layer. */
export type LayerViews = { readonly [K in LayerKind]: LayerView<K> };

/** One entry for every kind of operands. */
export type ValueViews = { readonly [K in Operands['kind']]: ValueView<K> };

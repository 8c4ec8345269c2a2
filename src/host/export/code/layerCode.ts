import type { Layer, LayerKind, LayerOf } from '../../../network/layers/layer';
import type { StoredTensor } from '../../../protocol/storedTensor';

/** A network as code, and what the file of weights beside it holds. */
export interface NetworkCode {
  readonly text: string;
  readonly tensors: readonly StoredTensor[];
}

/** An expression of the variables that hold its inputs; of one only, where it goes on from a step before. */
export type Step = (...inputs: readonly string[]) => string;

/** A layer as code. */
export interface LayerCode {
  /** Each works on what the one before gives; none: the layer gives what it is given. */
  readonly steps: readonly Step[];
  /** Lines that set up what the steps use. */
  readonly members?: readonly string[];
  /** What the file of weights holds of it; its weights as they are where it is left out. */
  readonly tensors?: readonly StoredTensor[];
}

/** How every kind of layer is written; `id` is the layer's name as code may use it. */
export type LayerWriters = {
  readonly [K in LayerKind]: (layer: LayerOf<K>, id: string) => LayerCode;
};

/** The cast is sound because the table is typed by kind, which TypeScript cannot follow. */
export function writeLayer(writers: LayerWriters, layer: Layer, id: string): LayerCode {
  const write = writers[layer.kind] as (layer: Layer, id: string) => LayerCode;
  return write(layer, id);
}

/** A layer's weights as the network has them, named `conv1/kernel`. */
export function plainTensors({ name: layer, weights }: Layer, id: string): readonly StoredTensor[] {
  return weights.map(({ name: weight, shape }) => ({
    name: `${id}/${weight}`,
    shape,
    from: { layer, weight },
  }));
}

/** An assignment for every step; the first is of the layer's inputs. */
export function assignments(
  { steps }: LayerCode,
  variable: string,
  inputs: readonly string[],
): readonly string[] {
  if (steps.length === 0) return inputs[0] === variable ? [] : [`${variable} = ${inputs[0] ?? ''}`];
  return steps.map((step, at) => `${variable} = ${at === 0 ? step(...inputs) : step(variable)}`);
}

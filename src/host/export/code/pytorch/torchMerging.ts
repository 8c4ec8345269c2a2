import type { LayerOf, MergeOperation } from '../../../../network/layers/layer';
import { isMapShape, type Shape } from '../../../../network/tensor/shape';
import type { LayerWriters } from '../layerCode';
import { channelAxis, channelsFirst, channelsLast } from './torchTensors';

const operations: Readonly<Record<MergeOperation, (all: readonly string[]) => string>> = {
  add: (all) => all.join(' + '),
  subtract: (all) => all.join(' - '),
  multiply: (all) => all.join(' * '),
  average: (all) => `(${all.join(' + ')}) / ${all.length}`,
  maximum: (all) => all.reduce((a, b) => `torch.maximum(${a}, ${b})`),
  minimum: (all) => all.reduce((a, b) => `torch.minimum(${a}, ${b})`),
};

/** Layers of several inputs. */
export const torchMerging: Pick<LayerWriters, 'Merge' | 'Matmul' | 'Concatenate'> = {
  Merge: (layer) => ({
    steps: [
      (...inputs) =>
        operations[layer.operation](
          inputs.map((x, at) => widened(x, layer.inputShapes[at] ?? [], layer)),
        ),
    ],
  }),
  Matmul: ({ inputShapes: [a = [], b = []], outputShape }) => ({
    steps: [
      (x, y) => {
        const product = `${channelsLast(x, a)} @ ${channelsLast(y, b)}`;
        return isMapShape(outputShape) ? channelsFirst(`(${product})`, outputShape) : product;
      },
    ],
  }),
  Concatenate: ({ outputShape }) => ({
    steps: [(...inputs) => `torch.cat([${inputs.join(', ')}], dim=${channelAxis(outputShape)})`],
  }),
};

/** An input with as many axes as the result has: those that it lacks are before its own. */
function widened(x: string, shape: Shape, { outputShape }: LayerOf<'Merge'>): string {
  const missing = outputShape.length - shape.length;
  if (missing === 0) return x;
  if (shape.length === 1 && isMapShape(outputShape)) return `${x}[:, :, None, None]`;
  const axes = Array.from({ length: missing }, () => 'None');
  return channelsFirst(`${channelsLast(x, shape)}[:, ${axes.join(', ')}]`, outputShape);
}

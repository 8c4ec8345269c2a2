import { inputShapeOf, type LayerOf } from '../../../../network/layers/layer';
import { NetworkError } from '../../../../network/tensor/networkError';
import type { MapShape } from '../../../../network/tensor/shape';
import type { LayerCode, LayerWriters, Step } from '../layerCode';
import { pythonCall, pythonNumber } from '../literals';
import { activated, torchActivation } from './torchActivations';
import { torchMerging } from './torchMerging';
import { torchMoving } from './torchMoving';
import { torchNorms } from './torchNorms';
import { channelAxis, channelsFirst, channelsLast, moduleTensors } from './torchTensors';
import { torchWindows } from './torchWindows';

/** What a layer's rows were before they were flattened; undefined where they stay in their order. */
type Flattened = ReadonlyMap<string, MapShape>;

/** Every kind of layer by PyTorch's modules and functions; maps are [batch, channels, height, width]. */
export function torchLayers(flattened: Flattened): LayerWriters {
  return {
    ...torchWindows,
    ...torchNorms,
    ...torchMoving,
    ...torchMerging,
    InputLayer: () => ({ steps: [] }),
    Dense: (layer, id) => dense(layer, id, flattened.get(layer.name)),
    Activation: ({ activation, outputShape }) => ({
      steps: torchActivation(activation, channelAxis(outputShape)),
    }),
    Flatten: (layer) => ({ steps: [flattening(layer, flattened.has(layer.name))] }),
    Dropout: ({ rate }, id) => ({
      members: [`self.${id} = nn.Dropout(${pythonNumber(rate)})`],
      steps: [(x) => `self.${id}(${x})`],
    }),
    Softmax: ({ outputShape }) => ({
      steps: [(x) => `F.softmax(${x}, dim=${channelAxis(outputShape)})`],
    }),
    Identity: () => ({ steps: [] }),
    Unknown: ({ name, operation }) => {
      throw new NetworkError(`${name}: ${operation} is not known here`);
    },
  };
}

function dense(layer: LayerOf<'Dense'>, id: string, map: MapShape | undefined): LayerCode {
  const { units, useBias, activation } = layer;
  const shape = inputShapeOf(layer);
  const inputs = String(shape.at(-1) ?? 0);
  const made = pythonCall('nn.Linear', [inputs, String(units)], {
    bias: useBias ? undefined : 'False',
  });
  const linear: Step = (x) => channelsFirst(`self.${id}(${channelsLast(x, shape)})`, shape);
  return {
    members: [`self.${id} = ${made}`],
    steps: activated(linear, activation, channelAxis(shape)),
    tensors: moduleTensors(layer, id, map),
  };
}

function flattening(layer: LayerOf<'Flatten'>, isFree: boolean): Step {
  const stays = layer.channelsFirst === true || isFree;
  return (x) => `${stays ? x : channelsLast(x, inputShapeOf(layer))}.flatten(1)`;
}

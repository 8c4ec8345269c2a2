import type { Network } from '../../../network/network';
import type { Layer, WeightName, WeightSpec } from '../../../network/layers/layer';
import type { Shape } from '../../../network/tensor/shape';
import { weightKey } from '../../matching/networkWeights';
import type { FileLayer, KernelOrder, WeightsPart } from './modelPlans';

/** A weight of the network, and where a file has it. */
export interface WeightSlot {
  /** Such as `block/conv.kernel`. */
  readonly key: string;
  readonly layer: Layer;
  readonly spec: WeightSpec;
  readonly of: FileLayer;
  /** Its place among the variables of the file's layer. */
  readonly index: number;
  /** What the file may call it, such as `kernel`. */
  readonly names: readonly string[];
  readonly order: KernelOrder | undefined;
  /** The shape that it has in a file. */
  readonly shape: Shape;
}

/** Every weight of a network that a file should hold, in the file's order. */
export function weightSlots(network: Network, layers: readonly FileLayer[]): readonly WeightSlot[] {
  const byName = new Map(network.layers.map((layer) => [layer.name, layer]));
  return layers.flatMap((of) =>
    of.parts
      .flatMap((part) => {
        const layer = byName.get(part.layer);
        return (layer?.weights ?? []).map((spec) => ({ part, spec, layer: layer as Layer }));
      })
      .map(({ part, spec, layer }, index): WeightSlot => {
        const order = spec.name === 'kernel' ? part.order : undefined;
        return {
          key: weightKey(layer.name, spec.name),
          names: namesOf(spec.name, part),
          shape: shapeIn(spec.shape, layer, order),
          ...{ layer, spec, of, index, order },
        };
      }),
  );
}

function namesOf(name: WeightName, { kernelNames }: WeightsPart): readonly string[] {
  return name === 'kernel' ? (kernelNames ?? [name]) : [name];
}

function shapeIn(shape: Shape, layer: Layer, order: KernelOrder | undefined): Shape {
  const [height = 0, width = 0, inputs = 0, outputs = 0] = shape;
  if (order === 'transposed') return [height, width, outputs, inputs];
  if (order !== 'depthwise' || layer.kind !== 'Conv2D') return shape;
  return [height, width, layer.groups, outputs / layer.groups];
}

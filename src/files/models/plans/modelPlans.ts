import type { LayerPlan } from '../../../network/assemble';
import type { Network } from '../../../network/network';
import type { Shape } from '../../../network/tensor/shape';

/**
 * How a file orders a kernel's axes where a network has [h, w, in / groups, out]: a depthwise one as [h, w, in, multiplier],
 * that of a transposed convolution as [h, w, out, in].
 */
export type KernelOrder = 'depthwise' | 'transposed';

/** A layer of the network that holds variables of a layer of a file. */
export interface WeightsPart {
  readonly layer: string;
  readonly order?: KernelOrder;
  /** What files call its kernel; `kernel` where it is left out. */
  readonly kernelNames?: readonly string[];
}

/** A layer as a file has it. */
export interface FileLayer {
  /** Its name, after those of the models that it is in. */
  readonly path: readonly string[];
  /** Where Keras 3 keeps its variables: its group's name after those of the models that it is in. */
  readonly groups: readonly string[];
  /** The network's layers that hold its variables, in the order of these. */
  readonly parts: readonly WeightsPart[];
}

/** What a file says of a network, before shapes are known; every format of models comes to this. */
export interface ModelPlans extends Pick<Network, 'inputs' | 'outputs'> {
  readonly name: string;
  readonly plans: readonly LayerPlan[];
  readonly layers: readonly FileLayer[];
  /** The shapes of layers' inputs that the file states, by the layer's name. */
  readonly stated: ReadonlyMap<string, Shape>;
  /** Inputs whose height or width the file leaves open. */
  readonly open: readonly string[];
}

import type { LayerSettings } from '../../../network/layers/layer';
import type { Shape } from '../../../network/tensor/shape';
import type { WeightsPart } from '../plans/modelPlans';
import type { LayerConfig } from './layerConfig';

/**
 * A layer's settings from its config and the shapes of its inputs, of which there are none as long as they are not known.
 * Throws a NetworkError where they make no sense, or where the settings follow from shapes that are missing.
 */
type Read = (config: LayerConfig, inputs: readonly Shape[]) => LayerSettings;

/** How files keep the weights of a class of layers. */
type Kept = Omit<WeightsPart, 'layer'>;

/** How a class of Keras is read. */
export interface ClassReading extends Kept {
  readonly read: Read;
  /** A layer before it, where Keras has one layer for what are two: it stands under the layer's name. */
  readonly first?: Kept & {
    readonly name: string;
    readonly read: Read;
    /** Which of several inputs it is applied to, the first where it is left out; it stands in that one's place. */
    readonly input?: number;
  };
}

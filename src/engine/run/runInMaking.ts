import type { LayerRun } from '../../protocol/runMaps';
import type { LayerOutput } from './forward';
import type { KeptValues } from './layerValues';
import { summarizeMap } from './mapSummary';

/** What is kept of a pass through the network while it goes on: what is drawn of each layer, and its values if there is room. */
export class RunInMaking {
  readonly layers: LayerRun[] = [];
  /** What went into the softmax of each layer that has one. */
  readonly logits = new Map<string, Float32Array>();
  /** That this took, beside the pass itself. */
  milliseconds = 0;

  /** `activations` are left out where only the result is wanted. */
  constructor(readonly activations: KeptValues | undefined) {}

  take({ layer, values, logits, milliseconds }: LayerOutput): void {
    const begun = performance.now();
    const { name, outputShape } = layer;
    this.layers.push({ name, outputShape, milliseconds, ...summarizeMap(values, outputShape) });
    if (logits) this.logits.set(name, logits);
    this.activations?.add(name, { shape: outputShape, data: values });
    this.milliseconds += performance.now() - begun;
  }

  /** Lets go of all that was kept where the pass fails. */
  async guard<T>(pass: Promise<T>): Promise<T> {
    try {
      return await pass;
    } catch (error) {
      this.activations?.dispose();
      throw error;
    }
  }
}

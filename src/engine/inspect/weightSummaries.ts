import type { TensorSummary, WeightSummary } from '../../protocol/weightSummary';
import { yieldToEventLoop } from '../runtime/pacing';
import type { BuiltModel } from '../model/builtModel';
import { layerWeights } from './layerWeights';
import { summarizeTensor } from './summarizeTensor';

interface Options {
  readonly signal: AbortSignal;
  readonly report: (what: string, fraction: number) => void;
}

/** Summaries of the weights of models, worked out once each and forgotten with their model. */
export class WeightSummaries {
  private readonly known = new WeakMap<BuiltModel, Map<string, WeightSummary>>();

  async of(model: BuiltModel, layer: string, options: Options): Promise<WeightSummary> {
    const ofModel = this.known.get(model) ?? new Map<string, WeightSummary>();
    const summary = ofModel.get(layer) ?? (await summarize(model, layer, options));
    ofModel.set(layer, summary);
    this.known.set(model, ofModel);
    return summary;
  }
}

async function summarize(
  model: BuiltModel,
  layer: string,
  { signal, report }: Options,
): Promise<WeightSummary> {
  const tensors: TensorSummary[] = [];
  const weights = layerWeights(model, layer);
  for (const [index, tensor] of weights.entries()) {
    const between = async (fraction: number): Promise<void> => {
      report(`reading ${layer} ${tensor.spec.name}`, (index + fraction) / weights.length);
      await yieldToEventLoop();
      signal.throwIfAborted();
    };
    tensors.push(await summarizeTensor(tensor, between));
  }
  return { tensors };
}

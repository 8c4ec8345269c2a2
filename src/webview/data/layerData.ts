import type { ExplainParams, Tensor, ValueExplanation } from '../../protocol/engineProtocol';
import type { HostMethods } from '../../protocol/panelProtocol';
import { LoadedCache, type Loaded } from './loaded';

/** Asks the host and waits for its answer. */
export type Ask = <K extends keyof HostMethods>(
  method: K,
  params: HostMethods[K]['params'],
) => Promise<HostMethods[K]['result']>;

/** Layers of a large network's run take about a megabyte each. */
const keptActivations = 40;

/** The largest, a unit of a first dense layer, takes 74 kB. */
const keptExplanations = 100;

/** What the page knows beyond the host's state: values of whole layers, asked for when they are looked at. */
export class LayerData {
  private readonly activations: LoadedCache<Tensor>;
  private readonly names: LoadedCache<readonly string[]>;
  private readonly explanations: LoadedCache<ValueExplanation>;

  constructor(
    private readonly ask: Ask,
    onLoaded: () => void,
  ) {
    this.activations = new LoadedCache(keptActivations, onLoaded);
    this.names = new LoadedCache(1, onLoaded);
    this.explanations = new LoadedCache(keptExplanations, onLoaded);
  }

  /** A layer's whole output in a run: [h, w, c] or [n], row-major. Never runs the network. */
  activation(runId: number, layer: string): Loaded<Tensor> {
    return this.activations.get(`${runId} ${layer}`, () =>
      this.ask('activation', { runId, layer }),
    );
  }

  /** The names of the classes, by index. */
  labels(): Loaded<readonly string[]> {
    return this.names.get('labels', () => this.ask('labels', undefined));
  }

  /** What one value of a run was made of. Never runs the network. */
  explainValue(params: ExplainParams): Loaded<ValueExplanation> {
    const { runId, layer, row, column, channel } = params;
    return this.explanations.get(`${runId} ${layer} ${row} ${column} ${channel}`, () =>
      this.ask('explainValue', params),
    );
  }
}

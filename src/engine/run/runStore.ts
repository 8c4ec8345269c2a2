import type { Preprocess } from '../../network/preprocess/preprocess';
import type { Network } from '../../network/network';
import { inputName } from '../../network/network';
import { keptRuns, type Tensor } from '../../protocol/engineProtocol';
import type { BuiltModel } from '../model/builtModel';
import { EngineError } from '../runtime/engineError';
import { computeAgain } from './computeAgain';
import type { ForwardPass } from './forward';
import { KeptValues, ValueMemory, type LayerValues } from './layerValues';
import type { OffChannels } from './offChannels';

/** What is kept of a run so that details need no second one. */
export interface StoredRun {
  readonly runId: number;
  readonly network: Network;
  /** The host's number for the weights that made it. */
  readonly weightsId: number | undefined;
  readonly input: Tensor;
  /** How the picture became the input. */
  readonly preprocess: Preprocess;
  readonly activations: LayerValues;
  /** What went into the softmax of each layer that has one, by the layer's name. */
  readonly logits: ReadonlyMap<string, Float32Array>;
  /** Of a run as it would have been: the run that it was made from, and the channels whose values are 0 in it. */
  readonly changed?: { readonly from: number; readonly off: OffChannels };
}

/** What is kept of a pass through a network. */
export function storedRun(
  about: Pick<StoredRun, 'runId' | 'network' | 'weightsId' | 'input' | 'preprocess'>,
  { outputs }: ForwardPass,
): StoredRun {
  return {
    ...about,
    activations: new Map(
      outputs.map(({ layer, values }) => [layer.name, { shape: layer.outputShape, data: values }]),
    ),
    logits: new Map(
      outputs.flatMap(({ layer, logits }) => (logits ? [[layer.name, logits] as const] : [])),
    ),
  };
}

/** A layer's values, or the picture's as the network saw it. */
export function valuesOf(
  { network, input, activations }: StoredRun,
  name: string,
): Tensor | undefined {
  return name === inputName(network) ? input : activations.get(name);
}

/** The same; throws where the layer did not run. */
export function ranValuesOf(run: StoredRun, name: string): Tensor {
  const values = valuesOf(run, name);
  if (values) return values;
  throw new EngineError(`${name} did not run: one of the network's inputs is missing`);
}

/** What the values of all runs take together: a large network's are let go in part, and computed again where they are asked for. */
const valueBytes = 2 ** 28;

/** The last runs, by id, and beside them the last changed one. */
export class RunStore {
  private readonly memory: ValueMemory;
  private readonly runs = new Map<number, StoredRun>();
  private kept: number | undefined;
  private changed: number | undefined;

  /** `onChange` hears which runs are held, whenever one came or went. */
  constructor(
    private readonly onChange: (runs: readonly number[]) => void = () => undefined,
    /** The model that made a run, where it is still loaded. */
    private readonly modelOf: (run: Pick<StoredRun, 'weightsId'>) => BuiltModel | undefined = () =>
      undefined,
    most = valueBytes,
  ) {
    this.memory = new ValueMemory(most);
  }

  /** Room for the values of a run that is about to be made. */
  valuesOf(run: Omit<StoredRun, 'activations' | 'logits'>): KeptValues {
    return new KeptValues(this.memory, (name, known) =>
      computeAgain(run, this.modelOf(run), name, known),
    );
  }

  get size(): number {
    return this.runs.size;
  }

  /** What the values in memory take, in bytes. */
  get bytes(): number {
    return this.memory.bytes;
  }

  /** A changed run takes the place of the one before it, and of no other. */
  add(run: StoredRun): void {
    this.runs.set(run.runId, run);
    if (run.changed) {
      const { changed } = this;
      this.changed = run.runId;
      if (changed !== undefined && changed !== this.kept) this.remove(changed);
    }
    this.dropOldest();
  }

  /** Holds on to one run, beside the last ones, until another or none is kept. */
  keep(runId: number | undefined): void {
    if (runId !== undefined) this.get(runId);
    this.kept = runId;
    this.dropOldest();
  }

  private dropOldest(): void {
    const others = [...this.runs.keys()].filter((id) => id !== this.kept && id !== this.changed);
    for (const id of others.slice(0, -keptRuns)) this.remove(id);
    this.onChange([...this.runs.keys()]);
  }

  private remove(runId: number): void {
    const { activations } = this.runs.get(runId) ?? {};
    if (activations instanceof KeptValues) activations.dispose();
    this.runs.delete(runId);
  }

  get(runId: number): StoredRun {
    const run = this.runs.get(runId);
    if (run) return run;
    const kept = [...this.runs.keys()].join(', ') || 'none';
    throw new EngineError(`run ${runId} is not kept (kept: ${kept}); classify the picture again`);
  }

  activation(runId: number, layer: string): Tensor {
    const { activations } = this.get(runId);
    const tensor = activations.get(layer);
    if (tensor) return tensor;
    throw new EngineError(
      `run ${runId} has no layer "${layer}"; it has ${[...activations.keys()].join(', ')}`,
    );
  }
}

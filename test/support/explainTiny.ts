import { strict as assert } from 'node:assert';
import { cpuBackend } from '../../src/engine/backends/cpuBackend';
import { changeRun } from '../../src/engine/change/changeRun';
import { explainRun } from '../../src/engine/explain/explainRun';
import { layerShares } from '../../src/engine/explain/layerShares';
import { buildModel, type BuiltModel } from '../../src/engine/model/builtModel';
import { forward } from '../../src/engine/run/forward';
import { storedRun, type StoredRun } from '../../src/engine/run/runStore';
import { weightKey, type NetworkWeights } from '../../src/files/matching/networkWeights';
import { inputShape } from '../../src/network/inputShape';
import type { Layer } from '../../src/network/layers/layer';
import { inputName, type Network } from '../../src/network/network';
import { type Preprocess, stretchToUnit } from '../../src/network/preprocess/preprocess';
import { elementCount } from '../../src/network/tensor/shape';
import type { LayerShares, RunChanges, SharesRequest } from '../../src/protocol/changedRun';
import type { ChangedRun } from '../../src/protocol/engineProtocol';
import type {
  Explanation,
  ExplanationProgress,
  ExplanationRequest,
} from '../../src/protocol/explanation';
import { numbers } from './formula';
import { formulaWeights } from './formulaWeights';

interface TinyOptions {
  readonly weightsOf?: (layer: Layer) => NetworkWeights;
  readonly preprocess?: Preprocess;
}

interface Asked {
  readonly signal?: AbortSignal;
  readonly report?: (progress: ExplanationProgress) => void;
}

/** A small network that runs and explains what it ran, in plain JavaScript. */
export class TinyExplainer {
  private constructor(
    readonly model: BuiltModel,
    private readonly preprocess: Preprocess,
  ) {}

  static async of(network: Network, options: TinyOptions = {}): Promise<TinyExplainer> {
    await cpuBackend.start({ addonPath: undefined, threads: 1, wasmDirectory: '' });
    const { weightsOf = (layer) => formulaWeights(layer), preprocess = stretchToUnit } = options;
    return new TinyExplainer(await buildModel(network, weightsOf), preprocess);
  }

  /** Runs a picture, row-major; one by formula unless told. */
  async run(picture = this.picture(), runId = 1): Promise<StoredRun> {
    const { network } = this.model;
    const { signal } = new AbortController();
    const inputs = new Map([[inputName(network), picture]]);
    const pass = await forward(this.model, inputs, { signal, onLayer: () => undefined });
    const input = { shape: inputShape(network), data: picture };
    const { preprocess } = this;
    return storedRun({ runId, network, weightsId: 1, input, preprocess }, pass);
  }

  /** Values by formula, from -1 to 1. */
  picture(stream = 3): Float32Array {
    return numbers(elementCount(inputShape(this.model.network)), stream, 2);
  }

  explain(
    run: StoredRun,
    request: ExplanationRequest,
    { signal = new AbortController().signal, report = () => undefined }: Asked = {},
    others: readonly StoredRun[] = [],
  ): Promise<Explanation> {
    return explainRun(run, this.model, request, { signal, report, runOf: finder(others) });
  }

  /** The run as it would have been. */
  async change(
    run: StoredRun,
    changes: RunChanges,
    others: readonly StoredRun[] = [],
  ): Promise<{ readonly stored: StoredRun; readonly seen: ChangedRun }> {
    const { signal } = new AbortController();
    return await changeRun(run, this.model, changes, { runId: 9, signal, runOf: finder(others) });
  }

  /** By channel, what each adds to a target. */
  async shares(run: StoredRun, request: SharesRequest): Promise<LayerShares> {
    const { signal } = new AbortController();
    return await layerShares(run, this.model, request, { signal, report: () => undefined });
  }

  dispose(): void {
    this.model.dispose();
  }
}

function finder(runs: readonly StoredRun[]): (runId: number) => StoredRun {
  return (runId) => {
    const found = runs.find((each) => each.runId === runId);
    if (found) return found;
    throw new Error(`run ${runId} is not kept`);
  };
}

/** Weights by formula of which every bias is this: far below zero no ReLU lets anything through. */
export function withBias(bias: number): (layer: Layer) => NetworkWeights {
  return (layer) => {
    const weights = new Map(formulaWeights(layer));
    const key = weightKey(layer.name, 'bias');
    const values = weights.get(key);
    if (values)
      weights.set(
        key,
        values.map(() => bias),
      );
    return weights;
  };
}

/** Every value within a ten thousandth of the largest. */
export function assertNear(
  values: ArrayLike<number>,
  expected: ArrayLike<number>,
  what = 'values',
): void {
  assert.equal(values.length, expected.length, what);
  const largest = Math.max(...Array.from(expected, Math.abs));
  for (let at = 0; at < expected.length; at++) {
    const off = Math.abs(values[at]! - expected[at]!);
    assert.ok(off <= 1e-4 * largest, `${what} at ${at}: ${values[at]}, expected ${expected[at]}`);
  }
}

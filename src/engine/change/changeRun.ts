import { inputName, layerNamed, type Network } from '../../network/network';
import { mapShape } from '../../network/tensor/cell';
import type { Erased, RunChanges } from '../../protocol/changedRun';
import type { ChangedRun, EngineMethods } from '../../protocol/engineProtocol';
import { baselineOf } from '../explain/baseline';
import type { BuiltModel } from '../model/builtModel';
import type { Step } from '../model/step';
import { runSteps, type LayerOutput } from '../run/forward';
import { summarizeMap } from '../run/mapSummary';
import { withOthers } from '../run/layerValues';
import { withoutOff, type OffChannels } from '../run/offChannels';
import { shownPicture } from '../run/pictureViews';
import { storedRun, ranValuesOf, type StoredRun, type RunStore } from '../run/runStore';
import { checkChanges } from './checkChanges';
import type { Handlers } from '../../protocol/rpc';
import type { Explanations } from '../explain/explanations';

interface ChangeOptions {
  /** The number of the changed run. */
  readonly runId: number;
  readonly signal: AbortSignal;
  /** Finds another kept run, whose picture may fill what is erased; throws where it is not kept. */
  readonly runOf: (runId: number) => StoredRun;
}

/** Makes of the engine's kept runs what they would have been. */
export function changes(
  explanations: Pick<Explanations, 'of'>,
  runs: Pick<RunStore, 'get' | 'add'>,
): Pick<Handlers<EngineMethods>, 'changeRun'> {
  return {
    changeRun: ({ runId, from, changes: wanted }, { signal }) =>
      explanations.of(from, signal, async ({ run, model }) => {
        const runOf = (id: number): StoredRun => runs.get(id);
        const { stored, seen } = await changeRun(run, model, wanted, { runId, signal, runOf });
        runs.add(stored);
        return seen;
      }),
  };
}

/**
 * A kept run as it would have been with channels off or parts of its picture erased: only what lies behind the changes is
 * computed. `model` is the one that made the run. Throws an EngineError for what cannot be changed.
 */
export async function changeRun(
  run: StoredRun,
  model: BuiltModel,
  changes: RunChanges,
  { runId, signal, runOf }: ChangeOptions,
): Promise<{ readonly stored: StoredRun; readonly seen: ChangedRun }> {
  const begun = performance.now();
  const { off, erased } = checkChanges(run, changes);
  const input = erased ? { ...run.input, data: erase(run, erased, runOf) } : run.input;
  const outputs = await runBehind(run, model, { input: erased && input.data, off, signal });
  const milliseconds = performance.now() - begun;
  const { network, weightsId, preprocess } = run;
  const about = { runId, network, weightsId, input, preprocess };
  const again = storedRun(about, { outputs, logits: new Float32Array() });
  const stored: StoredRun = {
    ...again,
    activations: withOthers(run.activations, again.activations),
    logits: new Map([...run.logits, ...again.logits]),
    changed: { from: run.runId, off },
  };
  const seen: ChangedRun = {
    logits: answerOf(stored),
    logitsBefore: answerOf(run),
    layers: outputs.map(({ layer, values, milliseconds: took }) => ({
      name: layer.name,
      outputShape: layer.outputShape,
      milliseconds: took,
      ...summarizeMap(values, layer.outputShape),
    })),
    ...(erased && {
      picture: shownPicture(input, preprocess),
    }),
    milliseconds,
  };
  return { stored, seen };
}

/** The input's values with those of the fill in the areas. */
function erase(
  run: StoredRun,
  { areas, fill }: Erased,
  runOf: (runId: number) => StoredRun,
): Float32Array {
  const [height, width, depth] = mapShape(run.input.shape);
  const base = baselineOf(run, fill, runOf).data;
  const values = run.input.data.slice();
  for (const { top, left, ...size } of areas) {
    const [first, end] = [Math.max(0, left), Math.min(width, left + size.width)];
    if (first >= end) continue;
    for (let y = Math.max(0, top); y < Math.min(height, top + size.height); y++) {
      const [from, to] = [(y * width + first) * depth, (y * width + end) * depth];
      values.set(base.subarray(from, to), from);
    }
  }
  return values;
}

interface Behind {
  /** The picture's values, where they are others. */
  readonly input: Float32Array | undefined;
  readonly off: OffChannels;
  readonly signal: AbortSignal;
}

/** The outputs that may be others, in the order they ran. */
async function runBehind(
  run: StoredRun,
  { network, steps }: BuiltModel,
  { input, off, signal }: Behind,
): Promise<readonly LayerOutput[]> {
  const changed = new Map<string, Float32Array>(input ? [[inputName(network), input]] : []);
  const others = new Set(changed.keys());
  const again: Step[] = [];
  for (const step of steps) {
    const { layer } = step;
    const values = run.activations.get(layer.name)?.data;
    if (!values) continue;
    const isBehind = layer.inputs.some((name) => others.has(name));
    if (isBehind) again.push(step);
    else if (off.has(layer.name)) changed.set(layer.name, withoutOff(off, layer, values));
    if (isBehind || off.has(layer.name)) others.add(layer.name);
  }
  const given = new Map(
    sourcesOf(again).map((name) => [name, changed.get(name) ?? ranValuesOf(run, name).data]),
  );
  const outputs = await runSteps(network, again, given, {
    signal,
    onLayer: () => undefined,
    change: (layer, values) => withoutOff(off, layer, values),
  });
  return inOrder(network, [...maskedOutputs(network, changed), ...outputs]);
}

/** The layers that steps are applied to and that are none of them. */
export function sourcesOf(steps: readonly Step[]): readonly string[] {
  const names = new Set(steps.map(({ layer }) => layer.name));
  const sources = steps.flatMap(({ layer }) => layer.inputs);
  return [...new Set(sources)].filter((name) => !names.has(name));
}

function maskedOutputs(
  network: Network,
  changed: ReadonlyMap<string, Float32Array>,
): readonly LayerOutput[] {
  return [...changed]
    .filter(([name]) => name !== inputName(network))
    .map(([name, values]) => {
      return { layer: layerNamed(network, name), values, logits: undefined, milliseconds: 0 };
    });
}

function inOrder({ layers }: Network, outputs: readonly LayerOutput[]): readonly LayerOutput[] {
  const found = new Map(outputs.map((output) => [output.layer.name, output]));
  return layers.flatMap(({ name }) => found.get(name) ?? []);
}

/** What goes into the softmax of the first output, or that output where it has none; empty where it did not run. */
function answerOf({ network, logits, activations }: StoredRun): Float32Array {
  const [output = ''] = network.outputs;
  return logits.get(output) ?? activations.get(output)?.data ?? new Float32Array();
}

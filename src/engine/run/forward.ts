import * as tf from '@tensorflow/tfjs-core';
import { throwWasmFailure } from '../backends/wasmFailures';
import { EngineError } from '../runtime/engineError';
import { yieldToEventLoop } from '../runtime/pacing';
import type { BuiltModel } from '../model/builtModel';
import type { Step } from '../model/step';
import type { Layer } from '../../network/layers/layer';
import { layerNamed, type Network } from '../../network/network';
import { formatShape, sameShape } from '../../network/tensor/shape';
import { LiveTensors } from './liveTensors';

/** One layer's output, row-major without the batch, and how long it took. */
export interface LayerOutput {
  readonly layer: Layer;
  readonly values: Float32Array;
  /** What went into the layer's softmax, where it has one. */
  readonly logits: Float32Array | undefined;
  readonly milliseconds: number;
}

export interface ForwardPass {
  readonly outputs: readonly LayerOutput[];
  /** What goes into the softmax of the network's first output, or that output where it has none; empty where it did not run. */
  readonly logits: Float32Array;
}

export interface ForwardOptions {
  readonly signal: AbortSignal;
  readonly onLayer: (name: string, fraction: number) => void;
  /** What stands for the values that a layer gave: the same array where nothing is changed. */
  readonly change?: ChangeValues;
}

type ChangeValues = (layer: Layer, values: Float32Array) => Float32Array;

/** How long a run may go on without hearing messages: each turn costs WebAssembly's threads a millisecond. */
const turnMilliseconds = 50;

/**
 * Runs every layer whose inputs exist once, keeping each layer's values; stops between layers when aborted.
 * `inputs` has the values of the network's inputs by name, row-major without the batch.
 */
export async function forward(
  model: BuiltModel,
  inputs: ReadonlyMap<string, Float32Array>,
  options: ForwardOptions,
): Promise<ForwardPass> {
  const outputs: LayerOutput[] = [];
  const logits = await forwardEach(model, inputs, options, (output) => outputs.push(output));
  return { outputs, logits };
}

/** The same without keeping more than the layers that come need: hands each layer's values on, and gives the logits. */
export async function forwardEach(
  { network, steps }: BuiltModel,
  inputs: ReadonlyMap<string, Float32Array>,
  options: ForwardOptions,
  take: (output: LayerOutput) => void,
): Promise<ForwardPass['logits']> {
  const able = stepsThatCanRun(steps, new Set(inputs.keys()));
  let answer: Float32Array = new Float32Array();
  await runEach(network, able, inputs, options, (output) => {
    if (output.layer.name === network.outputs[0]) answer = output.logits ?? output.values;
    take(output);
  });
  return answer;
}

/** Runs steps one after the other on values of the layers that come before them, by name. */
export async function runSteps(
  network: Network,
  steps: readonly Step[],
  given: ReadonlyMap<string, Float32Array>,
  options: ForwardOptions,
): Promise<readonly LayerOutput[]> {
  const outputs: LayerOutput[] = [];
  await runEach(network, steps, given, options, (output) => outputs.push(output));
  return outputs;
}

async function runEach(
  network: Network,
  steps: readonly Step[],
  given: ReadonlyMap<string, Float32Array>,
  { signal, onLayer, change = (_, values) => values }: ForwardOptions,
  take: (output: LayerOutput) => void,
): Promise<void> {
  const live = new LiveTensors(steps);
  let lastTurn = performance.now();
  try {
    feed(live, network, given);
    for (const [index, step] of steps.entries()) {
      onLayer(step.layer.name, index / steps.length);
      if (performance.now() - lastTurn > turnMilliseconds) {
        await yieldToEventLoop();
        lastTurn = performance.now();
      }
      signal.throwIfAborted();
      take(runStep(step, live, change));
    }
  } finally {
    live.dispose();
  }
}

/** Runs a few steps at once, without hearing messages meanwhile. */
export function runNow(
  network: Network,
  steps: readonly Step[],
  given: ReadonlyMap<string, Float32Array>,
): readonly LayerOutput[] {
  const live = new LiveTensors(steps);
  try {
    feed(live, network, given);
    return steps.map((step) => runStep(step, live, (_, values) => values));
  } finally {
    live.dispose();
  }
}

function feed(live: LiveTensors, network: Network, given: ReadonlyMap<string, Float32Array>): void {
  for (const [name, values] of given) {
    const { outputShape } = layerNamed(network, name);
    live.add(name, tf.tensor(values, [1, ...outputShape], 'float32'));
  }
}

/**
 * Runs pictures through the network together, as far as a layer, and keeps nothing but what comes out there: by picture,
 * what goes into the layer's softmax, or its output where it has none. `pictures` are the network's input, row-major.
 */
export async function forwardTogether(
  { network, steps }: BuiltModel,
  pictures: readonly Float32Array[],
  { to, signal }: { readonly to: string; readonly signal: AbortSignal },
): Promise<readonly Float32Array[]> {
  if (pictures.length === 0) return [];
  const [name = ''] = network.inputs;
  const needed = stepsLeadingTo(to, stepsThatCanRun(steps, new Set([name])));
  const live = new LiveTensors(needed);
  try {
    const { outputShape } = layerNamed(network, name);
    live.add(name, tf.tensor(joined(pictures), [pictures.length, ...outputShape], 'float32'));
    for (const { layer, softmax, run } of needed) {
      await yieldToEventLoop();
      signal.throwIfAborted();
      const result = run(layer.inputs.map((input) => live.get(input)));
      live.add(layer.name, result);
      throwWasmFailure();
      checkShape(layer, result);
      if (layer.name === to) return rows(result);
      if (softmax) live.replace(layer.name, tf.softmax(result));
      live.release([layer.name, ...layer.inputs]);
    }
    throw new EngineError(`${to} does not run: one of the network's inputs is missing`);
  } finally {
    live.dispose();
  }
}

function joined(pictures: readonly Float32Array[]): Float32Array {
  const [first] = pictures;
  const all = new Float32Array(pictures.length * (first?.length ?? 0));
  pictures.forEach((picture, index) => all.set(picture, index * picture.length));
  return all;
}

/** A list of values for each picture of a batch. */
function rows(tensor: tf.Tensor): readonly Float32Array[] {
  const values = tensor.dataSync<'float32'>();
  const [count = 0] = tensor.shape;
  const width = values.length / count;
  return Array.from({ length: count }, (_, row) => values.slice(row * width, (row + 1) * width));
}

function stepsThatCanRun(steps: readonly Step[], known: Set<string>): readonly Step[] {
  return steps.filter(({ layer }) => {
    const isAble = layer.inputs.every((name) => known.has(name));
    if (isAble) known.add(layer.name);
    return isAble;
  });
}

/** Those that a layer follows from, and its own. */
function stepsLeadingTo(to: string, steps: readonly Step[]): readonly Step[] {
  const needed = new Set([to]);
  return steps
    .toReversed()
    .filter(({ layer }) => {
      if (!needed.has(layer.name)) return false;
      layer.inputs.forEach((name) => needed.add(name));
      return true;
    })
    .reverse();
}

function runStep(
  { layer, softmax, run }: Step,
  live: LiveTensors,
  change: ChangeValues,
): LayerOutput {
  const start = performance.now();
  let logits: Float32Array | undefined;
  const output = tf.tidy(() => {
    const result = run(layer.inputs.map((name) => live.get(name)));
    if (!softmax) return result;
    logits = result.dataSync<'float32'>();
    return tf.softmax(result);
  });
  live.add(layer.name, output);
  throwWasmFailure();
  checkShape(layer, output);
  const given = output.dataSync<'float32'>();
  const values = change(layer, given);
  if (values !== given)
    live.replace(layer.name, tf.tensor(values, [1, ...layer.outputShape], 'float32'));
  live.release([layer.name, ...layer.inputs]);
  return { layer, values, logits, milliseconds: performance.now() - start };
}

function checkShape({ name, outputShape }: Layer, { shape: [, ...shape] }: tf.Tensor): void {
  if (sameShape(shape, outputShape)) return;
  throw new EngineError(
    `${name}: TensorFlow.js makes ${formatShape(shape)} where ${formatShape(outputShape)} is expected`,
  );
}

import * as tf from '@tensorflow/tfjs-core';
import { throwWasmFailure } from '../backends/wasmFailures';
import { EngineError } from '../runtime/engineError';
import { yieldToEventLoop } from '../runtime/pacing';
import type { BuiltModel } from '../model/builtModel';
import type { Step } from '../model/step';
import type { Layer } from '../../network/layers/layer';
import { layerNamed } from '../../network/network';
import { formatShape, sameShape } from '../../network/tensor/shape';

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

interface ForwardOptions {
  readonly signal: AbortSignal;
  readonly onLayer: (name: string, fraction: number) => void;
}

/** How long a run may go on without hearing messages: each turn costs WebAssembly's threads a millisecond. */
const turnMilliseconds = 50;

/**
 * Runs every layer whose inputs exist once, keeping each layer's values; stops between layers when aborted.
 * `inputs` has the values of the network's inputs by name, row-major without the batch.
 */
export async function forward(
  { network, steps }: BuiltModel,
  inputs: ReadonlyMap<string, Float32Array>,
  { signal, onLayer }: ForwardOptions,
): Promise<ForwardPass> {
  const able = stepsThatCanRun(steps, new Set(inputs.keys()));
  const live = new LiveTensors(able);
  const outputs: LayerOutput[] = [];
  let lastTurn = performance.now();
  try {
    for (const [name, values] of inputs) {
      const { outputShape } = layerNamed(network, name);
      live.add(name, tf.tensor(values, [1, ...outputShape], 'float32'));
    }
    for (const [index, step] of able.entries()) {
      onLayer(step.layer.name, index / able.length);
      if (performance.now() - lastTurn > turnMilliseconds) {
        await yieldToEventLoop();
        lastTurn = performance.now();
      }
      signal.throwIfAborted();
      outputs.push(runStep(step, live));
    }
  } finally {
    live.dispose();
  }
  const output = outputs.find(({ layer }) => layer.name === network.outputs[0]);
  return { outputs, logits: output?.logits ?? output?.values ?? new Float32Array() };
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

function runStep({ layer, softmax, run }: Step, live: LiveTensors): LayerOutput {
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
  const values = output.dataSync<'float32'>();
  live.release([layer.name, ...layer.inputs]);
  return { layer, values, logits, milliseconds: performance.now() - start };
}

function checkShape({ name, outputShape }: Layer, { shape: [, ...shape] }: tf.Tensor): void {
  if (sameShape(shape, outputShape)) return;
  throw new EngineError(
    `${name}: TensorFlow.js makes ${formatShape(shape)} where ${formatShape(outputShape)} is expected`,
  );
}

/** The outputs that layers still to run are applied to. */
class LiveTensors {
  private readonly tensors = new Map<string, tf.Tensor>();
  /** How often each is still needed. */
  private readonly uses = new Map<string, number>();

  constructor(steps: readonly Step[]) {
    for (const name of steps.flatMap(({ layer }) => [layer.name, ...layer.inputs])) {
      this.uses.set(name, (this.uses.get(name) ?? 0) + 1);
    }
  }

  add(name: string, tensor: tf.Tensor): void {
    this.tensors.set(name, tensor);
  }

  /** Another tensor stands for this one, which is freed. */
  replace(name: string, tensor: tf.Tensor): void {
    this.tensors.get(name)?.dispose();
    this.tensors.set(name, tensor);
  }

  get(name: string): tf.Tensor {
    const tensor = this.tensors.get(name);
    if (tensor) return tensor;
    throw new EngineError(`${name} has not run yet`);
  }

  /** Each of these was used once more; frees those that nothing needs any longer. */
  release(names: readonly string[]): void {
    for (const name of names) {
      const left = (this.uses.get(name) ?? 0) - 1;
      this.uses.set(name, left);
      if (left > 0) continue;
      this.tensors.get(name)?.dispose();
      this.tensors.delete(name);
    }
  }

  dispose(): void {
    for (const tensor of this.tensors.values()) tensor.dispose();
  }
}

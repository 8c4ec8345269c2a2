import * as tf from '@tensorflow/tfjs-core';
import type { NetworkWeights } from '../../files/matching/networkWeights';
import { weightKey } from '../../files/matching/networkWeights';
import type { Layer, LayerKind, WeightName, WeightSpec } from '../../network/layers/layer';
import { floatType, type NativeOps } from '../backends/nativeOps';
import { EngineError } from '../runtime/engineError';
import { runnerOf } from '../layers/layerRunners';
import type { LayerRunner, WeightTensors } from '../layers/layerRunner';

/** A layer that runs, and the weights that it owns until it is disposed. */
export interface Step {
  readonly layer: Layer;
  /** Its own tensors of a weight, equally wide; more than one where the outputs are split. Throws where it has no such weight. */
  readonly weights: WeightTensors;
  /** Whether a softmax follows on what `run` gives. */
  readonly softmax: boolean;
  /** Computes the output, [1, ...outputShape], from the outputs of the layers that it is applied to, in their order. */
  run(inputs: readonly tf.Tensor[]): tf.Tensor;
  dispose(): void;
}

/** Puts a layer's weights into tensors; undefined for one that computes nothing. The values must not change afterwards. */
export function makeStep(layer: Layer, values: NetworkWeights): Step | undefined {
  const runner = runnerOf(layer.kind);
  if (!runner) return undefined;
  return stepOf(layer, runner, weightTensors(layer, values, runner.towers?.(layer) ?? 1));
}

/** A step of a layer that uses the weights of another, whose they remain. */
export function sharingStep(layer: Layer, weights: WeightTensors): Step | undefined {
  const runner = runnerOf(layer.kind);
  return runner && runningStep({ layer, runner, weights }, () => undefined);
}

/** By the layer's weights, in their order; none is left where one fails. */
export function weightTensors(layer: Layer, values: NetworkWeights, towers: number): tf.Tensor[][] {
  return tf.tidy(() =>
    layer.weights.map((spec) => towerTensors(spec, valuesOf(layer, spec, values), towers)),
  );
}

/** A function of its own: a step's functions hold what is in scope where they are made, and must not hold the values. */
function stepOf(
  layer: Layer,
  runner: LayerRunner<LayerKind>,
  tensors: readonly (readonly tf.Tensor[])[],
): Step {
  const weights = (name: WeightName): readonly tf.Tensor[] => {
    const ofName = tensors[layer.weights.findIndex((spec) => spec.name === name)];
    if (ofName) return ofName;
    throw new EngineError(`${layer.name} has no ${name}`);
  };
  return runningStep({ layer, runner, weights }, () =>
    tensors.flat().forEach((tensor) => tensor.dispose()),
  );
}

function runningStep(
  {
    layer,
    runner,
    weights,
  }: Pick<Step, 'layer' | 'weights'> & { readonly runner: LayerRunner<LayerKind> },
  dispose: () => void,
): Step {
  return {
    layer,
    weights,
    softmax: runner.softmax?.(layer) ?? false,
    run: (inputs) => tf.tidy(() => runner.run(layer, inputs, weights)),
    dispose,
  };
}

function valuesOf({ name }: Layer, spec: WeightSpec, weights: NetworkWeights): Float32Array {
  const values = weights.get(weightKey(name, spec.name));
  if (values) return values;
  throw new EngineError(`${name} has no ${spec.name}`);
}

/** A weight's tensors: its outputs, the last axis, in equal parts. */
function towerTensors({ shape }: WeightSpec, values: Float32Array, towers: number): tf.Tensor[] {
  if (towers === 1) return [ownTensor(values, [...shape])];
  const outputs = shape.at(-1) ?? 0;
  const width = outputs / towers;
  return Array.from({ length: towers }, (_, tower) =>
    ownTensor(columns(values, outputs, tower * width, width), [...shape.slice(0, -1), width]),
  );
}

/** Columns from `first` of a row-major matrix `width` wide. */
function columns(values: Float32Array, width: number, first: number, count: number): Float32Array {
  const rows = values.length / width;
  const taken = new Float32Array(rows * count);
  for (let row = 0; row < rows; row++) {
    taken.set(values.subarray(row * width + first, row * width + first + count), row * count);
  }
  return taken;
}

/** A tensor whose values TensorFlow copies now and not at first use, so that JavaScript's can be let go. */
function ownTensor(values: Float32Array, shape: number[]): tf.Tensor {
  const tensor = tf.tensor(values, shape, 'float32');
  if (tf.getBackend() !== 'tensorflow') return tensor;
  const native = tf.backend() as unknown as NativeOps;
  // Shares the tensor's memory.
  native.executeSingleOutput('Identity', [floatType(native)], [tensor]).dispose();
  return tensor;
}

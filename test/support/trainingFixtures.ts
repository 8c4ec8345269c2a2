import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AlexNetId } from '../../src/library/alexNets';

/** Values of a tensor at flat indices, in the layout of the framework that computed them. */
export interface SampledTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly at: readonly number[];
}

export interface SampledGradient extends SampledTensor {
  readonly l2: number;
  readonly values: readonly number[];
}

interface OptimiserSteps {
  readonly rate: number;
  readonly momentum?: number;
  readonly weightDecay?: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Before step 1, 2, 3 and after step 3. */
  readonly losses: readonly number[];
  readonly tensors: readonly (SampledTensor & {
    readonly steps: readonly (readonly number[])[];
    /** The l2 norm of the whole tensor's change since the start, after each step. */
    readonly changeL2: readonly number[];
  })[];
}

export type OptimiserCase = 'sgd' | 'sgdDecay' | 'sgdDecayLarge' | 'adam';

/** What single training steps do in Keras (`keras`) and PyTorch (`torchvision`, `bvlc`), computed in float64. */
export interface TrainingFixture {
  readonly variant: 'keras' | 'torchvision' | 'bvlc';
  readonly seed: number;
  /** Seeds of the formula's pictures. */
  readonly pictures: readonly number[];
  readonly labels: readonly number[];
  readonly first: {
    readonly loss: number;
    readonly logits: {
      readonly at: readonly number[];
      readonly values: readonly (readonly number[])[];
      readonly l2: readonly number[];
    };
    readonly gradients: readonly SampledGradient[];
    readonly moving?: readonly SampledGradient[];
  };
  readonly optimizers: Readonly<Record<OptimiserCase, OptimiserSteps>>;
  readonly fineTuning: {
    readonly labels: readonly number[];
    readonly kernelSeed: number;
    readonly biasSeed: number;
    readonly shape: readonly [number, number];
    readonly rate: number;
    readonly momentum: number;
    readonly losses: readonly number[];
    readonly logits: readonly (readonly number[])[];
    readonly kernel: {
      readonly at: readonly number[];
      readonly steps: readonly (readonly number[])[];
      readonly changeL2: readonly number[];
    };
    readonly bias: readonly (readonly number[])[];
  };
}

export function readTraining(variant: TrainingFixture['variant'], seed: number): TrainingFixture {
  const path = resolve('test/fixtures/train', `${variant}-s${seed}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as TrainingFixture;
}

const torchvisionLayers: Readonly<Record<string, string>> = {
  'features.0': 'conv1',
  'features.3': 'conv2',
  'features.6': 'conv3',
  'features.8': 'conv4',
  'features.10': 'conv5',
  'classifier.1': 'fc6',
  'classifier.4': 'fc7',
  'classifier.6': 'fc8',
};

/** `features.0.weight` as this project names it, `conv1.kernel`; its own names stay. */
export function ownName(name: string): string {
  const dot = name.lastIndexOf('.');
  const [layer, weight] = [name.slice(0, dot), name.slice(dot + 1)];
  return `${torchvisionLayers[layer] ?? layer}.${weight === 'weight' ? 'kernel' : weight}`;
}

/** A flat index of a fixture's tensor as one of this project's layout: kernels [h, w, in, out], dense [in, out]. */
export function ownIndex(variant: AlexNetId, { name, shape }: SampledTensor, at: number): number {
  if (variant === 'keras' || shape.length < 2) return at;
  const [outputs = 0, inputs = 0, height = 1, width = 1] = shape;
  const area = height * width;
  const [output, rest] = [Math.floor(at / (inputs * area)), at % (inputs * area)];
  if (shape.length === 4) {
    const [input, cell] = [Math.floor(rest / area), rest % area];
    return (cell * inputs + input) * outputs + output;
  }
  const isFirstDense = ownName(name) === 'fc6.kernel';
  return (isFirstDense ? rowsFirst(rest) : rest) * outputs + output;
}

/** Index c, h, w of pool5's 6 x 6 x 256 map, as PyTorch flattens it, as h, w, c. */
function rowsFirst(index: number): number {
  return (index % 36) * 256 + Math.floor(index / 36);
}

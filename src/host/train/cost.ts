import { layersFrom, type ModelDocument } from '../../network/modelDocument';
import { inputSize } from '../../network/inputShape';
import type { Layer } from '../../network/layers/layer';
import { elementCount } from '../../network/tensor/shape';
import { learningLayers } from '../../protocol/learningLayers';
import type { MeasuredStep, StepToMeasure } from '../../protocol/trainerProtocol';
import type { TrainingCost, TrainingSettings } from '../../protocol/training';

interface Counts {
  readonly learned: number;
  readonly heldOut: number;
}

const bytesPerValue = 4;

/** What of settings a step's time depends on. */
export function stepToMeasure(
  document: ModelDocument,
  { learning, batch, optimiser, augmentation }: TrainingSettings,
  { learned }: Counts,
): StepToMeasure {
  return { document, learning, batch: Math.min(batch, learned), optimiser, augmentation };
}

/** Equal where a step takes equally long. */
export function stepKey({ document, learning, batch, optimiser, augmentation }: StepToMeasure) {
  const slots = optimiser.kind === 'sgd' ? Math.sign(optimiser.momentum) : 2;
  const { crop, colour } = augmentation;
  const classes = document.labels.names.length;
  const { network } = document;
  const layers = layersFrom(document);
  const varied = [crop !== undefined, colour > 0];
  return JSON.stringify([layers, network.layers.length, classes, learning, batch, slots, varied]);
}

/** What a training will take, from a step that was measured. */
export function trainingCost(
  { network }: ModelDocument,
  { epochs, batch, learning, optimiser }: TrainingSettings,
  { learned, heldOut }: Counts,
  { seconds, secondsHeldOut, memoryBytes }: MeasuredStep,
): TrainingCost {
  const perEpoch = Math.ceil(learned / batch);
  const measured = Math.min(batch, learned);
  // The batches of an epoch are equally large, but for one picture.
  const epoch = (learned / measured) * seconds + (heldOut / measured) * secondsHeldOut;
  const names = learningLayers(network, learning);
  const moving = network.layers.filter(({ name }) => names.has(name));
  const all = sizeOf(network.layers, false);
  const slots = optimiser.kind === 'adam' ? 2 : Math.sign(optimiser.momentum);
  const { width, height } = inputSize(network);
  const pictures = 3 * width * height * (learned + heldOut);
  return {
    steps: epochs * perEpoch,
    secondsPerStep: seconds,
    seconds: epochs * epoch,
    memoryBytes,
    // The weights once as they were, once as they are, and the checkpoint.
    diskBytes: pictures + bytesPerValue * (2 * all + (1 + slots) * sizeOf(moving, true)),
    learnedParameters: sizeOf(moving, true),
  };
}

function sizeOf(layers: readonly Layer[], isLearning: boolean): number {
  return layers
    .flatMap(({ weights }) => weights.filter(({ trainable }) => trainable || !isLearning))
    .reduce((sum, { shape }) => sum + elementCount(shape), 0);
}

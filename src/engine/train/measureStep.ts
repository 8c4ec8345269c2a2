import { randomLayerWeights } from '../../files/randomWeights';
import { inputSize } from '../../network/inputShape';
import { learningLayers } from '../../protocol/learningLayers';
import type { MeasuredStep, StepToMeasure } from '../../protocol/trainerProtocol';
import { collectGarbage } from '../runtime/collectGarbage';
import { yieldToEventLoop } from '../runtime/pacing';
import { Batches } from './batches';
import { Draws } from './draws';
import { checkLearnable } from './learnable';
import { largestAmong } from './objective';
import { Optimiser } from './optimiser';
import { storedAs } from './prepare';
import { TrainableModel } from './trainableModel';
import { trainStep } from './trainingStep';

/** Too small to change anything: how long a step takes does not depend on it. */
const rate = 1e-6;
const seed = 1;

/** Times a step on noise, its pictures' preparing included; the first one, which is slow, does not count. */
export async function measureStep(step: StepToMeasure): Promise<MeasuredStep> {
  const { network } = step.document;
  const learning = learningLayers(network, step.learning);
  checkLearnable(network, learning);
  const model = await TrainableModel.make(network, {
    weightsOf: (layer) => randomLayerWeights(layer, seed),
    learns: ({ name }) => learning.has(name),
  });
  const optimiser = new Optimiser(step.optimiser);
  try {
    const batches = noise(step);
    const train = (): void => {
      const batch = batches.varied(0, { seed, epoch: 0, augmentation: step.augmentation });
      trainStep(model, batch, { optimiser, rate, seed });
      batch.pictures.dispose();
    };
    const classify = (): void => {
      const { pictures } = batches.plain(0);
      const logits = model.predictions(pictures);
      largestAmong(logits, {});
      logits.dispose();
      pictures.dispose();
    };
    train();
    const memoryBytes = process.memoryUsage().rss;
    await yieldToEventLoop();
    const seconds = timed(train);
    await yieldToEventLoop();
    return { seconds, secondsHeldOut: timed(classify), memoryBytes };
  } finally {
    model.dispose();
    optimiser.dispose();
    collectGarbage(Infinity);
  }
}

/** One batch of pictures that there are not. */
function noise({ document, batch }: StepToMeasure): Batches {
  const { preprocess, network } = document;
  const { width, height } = storedAs(preprocess, inputSize(network));
  const draws = new Draws('noise');
  const rgb = Uint8Array.from({ length: 3 * width * height }, () => draws.whole() & 255);
  const indices = Array.from({ length: batch }, (_, index) => index);
  return new Batches({
    store: {
      pictures: indices.map(() => ({ path: '', label: 0 })),
      read: () => ({ width, height, rgb }),
    },
    indices,
    document,
    size: batch,
  });
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

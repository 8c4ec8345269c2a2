import { formatCount } from '../network/tensor/formatCount';
import { durationWords, speedFigure } from './evaluationWords';
import type {
  Augmentation,
  EpochResult,
  LearnedWeights,
  Learning,
  OptimiserSettings,
  PanelTraining,
  Schedule,
  TrainingData,
  TrainingSettings,
} from './training';

/** A line of a recipe. */
export interface RecipeFact {
  readonly term: string;
  readonly value: string;
}

/** All that decided what was learned, besides the pictures themselves, line by line. */
export function recipeFacts(settings: TrainingSettings, data: TrainingData): readonly RecipeFact[] {
  return [
    { term: 'Pictures', value: dataWords(data) },
    { term: 'Held out', value: heldOutWords(settings, data) },
    ...howFacts(settings),
  ];
}

/** How weights that were trained here came about, line by line. */
export function learnedFacts(learned: LearnedWeights): readonly RecipeFact[] {
  return [{ term: 'Trained here', value: learnedWords(learned) }, ...howFacts(learned.settings)];
}

function howFacts(settings: TrainingSettings): readonly RecipeFact[] {
  const { start, learning, epochs, batch, schedule, optimiser, augmentation, seed } = settings;
  return [
    { term: 'Started from', value: start === 'loaded' ? 'the weights in use' : 'random weights' },
    { term: 'Learned', value: learningWords(learning) },
    { term: 'Epochs', value: `${formatCount(epochs)}, ${formatCount(batch)} pictures in a step` },
    { term: 'Learning rate', value: scheduleWords(schedule) },
    { term: 'Optimiser', value: optimiserWords(optimiser) },
    { term: 'Varied by', value: augmentationWords(augmentation) },
    { term: 'Seed', value: String(seed) },
  ];
}

/** `60 of 3 classes`. */
export function dataWords({ pictures, classes }: TrainingData): string {
  return `${formatCount(pictures)} of ${plural(classes.length, 'class', 'classes')}`;
}

/** `20 %, drawn by seed 1`. */
export function heldOutWords(
  { heldOut, seed }: Pick<TrainingSettings, 'heldOut' | 'seed'>,
  { ownHeldOut }: Pick<TrainingData, 'ownHeldOut'>,
): string {
  if (ownHeldOut !== undefined) return `${plural(ownHeldOut, 'picture', 'pictures')} of val`;
  return heldOut === 0 ? 'none' : `${percent(heldOut)}, drawn by seed ${seed}`;
}

const learningWordsOf: { readonly [K in Learning['kind']]: string } = {
  all: 'all layers',
  from: 'the layers from',
  classifier: 'the last layer with weights',
};

/** `all layers`, `the layers from conv4 on`. */
export function learningWords(learning: Learning): string {
  const words = learningWordsOf[learning.kind];
  return learning.kind === 'from' ? `${words} ${learning.layer} on` : words;
}

type ScheduleOf<K extends Schedule['kind']> = Extract<Schedule, { kind: K }>;

const shapes: { readonly [K in Schedule['kind']]: (schedule: ScheduleOf<K>) => string } = {
  constant: () => 'constant',
  step: ({ every, factor }) => `times ${factor} every ${plural(every, 'epoch', 'epochs')}`,
  cosine: () => 'falling to 0 along a cosine',
  oneCycle: ({ warmUp }) => `one cycle, rising for ${percent(warmUp)} of the steps`,
};

/** `0.01, falling to 0 along a cosine`. */
export function scheduleWords(schedule: Schedule): string {
  const shape = shapes[schedule.kind] as (schedule: Schedule) => string;
  return `${schedule.rate}, ${shape(schedule)}`;
}

/** `SGD, momentum 0.9 (Nesterov), weight decay 0.0005`. */
export function optimiserWords(optimiser: OptimiserSettings): string {
  const { weightDecay } = optimiser;
  const decay = weightDecay === 0 ? '' : `, weight decay ${weightDecay}`;
  if (optimiser.kind === 'adam') {
    const { beta1, beta2, epsilon, formula } = optimiser;
    const owner = formula === 'keras' ? 'Keras' : 'PyTorch';
    return `Adam as in ${owner}, beta ${beta1} and ${beta2}, epsilon ${epsilon}${decay}`;
  }
  const { momentum, nesterov } = optimiser;
  const moved = momentum === 0 ? '' : `, momentum ${momentum}${nesterov ? ' (Nesterov)' : ''}`;
  return `SGD${moved}${decay}`;
}

/** `crops of 25 % or more of the area, mirrored half the time, colours up to 20 %`. */
export function augmentationWords({ crop, flip, colour }: Augmentation): string {
  const parts = [
    ...(crop ? [`crops of ${percent(crop.area[0])} or more of the area`] : []),
    ...(flip ? ['mirroring'] : []),
    ...(colour > 0 ? [`colours up to ${percent(colour)}`] : []),
  ];
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

/** `Epoch 3 of 12, step 34 of 94`; an epoch that is over counts until the next has begun. */
export function placeWords({ step, steps, stepsPerEpoch }: PanelTraining): string {
  if (stepsPerEpoch === 0) return '';
  const epochs = Math.round(steps / stepsPerEpoch);
  const epoch = Math.max(0, Math.ceil(step / stepsPerEpoch) - 1);
  const within = step - epoch * stepsPerEpoch;
  return `Epoch ${formatCount(epoch + 1)} of ${formatCount(epochs)}, step ${formatCount(within)} of ${formatCount(stepsPerEpoch)}`;
}

/** `35 pictures per second, 12 min left`. */
export function speedWords({
  picturesPerSecond: speed,
  secondsLeft,
}: Pick<PanelTraining, 'picturesPerSecond' | 'secondsLeft'>): string {
  const parts = [
    ...(speed === undefined ? [] : [`${speedFigure(speed)} pictures per second`]),
    ...(secondsLeft === undefined ? [] : [`${durationWords(secondsLeft)} left`]),
  ];
  return parts.join(', ');
}

/** `loss 0.432, accuracy 81.2 %; held out: loss 0.51, accuracy 78.0 %`. */
export function epochWords({ loss, accuracy, heldOut }: EpochResult): string {
  const held = heldOut ? `; held out: ${resultWords(heldOut)}` : '';
  return `${resultWords({ loss, accuracy })}${held}`;
}

function resultWords({ loss, accuracy }: Pick<EpochResult, 'loss' | 'accuracy'>): string {
  return `loss ${lossWords(loss)}, accuracy ${shareWords(accuracy)}`;
}

/** `92.0 % of 12 pictures held out; 10 epochs on 48 pictures of flowers`. */
export function learnedWords(learned: LearnedWeights): string {
  const { result, pictures, heldOut, epochs, folder } = learned;
  const how = `${plural(epochs, 'epoch', 'epochs')} on ${plural(pictures, 'picture', 'pictures')} of ${folder}`;
  if (!result) return how;
  const accuracy = result.heldOut
    ? `${shareWords(result.heldOut.accuracy)} of ${plural(heldOut, 'picture', 'pictures')} held out`
    : `${shareWords(result.accuracy)} of its own pictures`;
  return `${accuracy}; ${how}`;
}

/** `0.432`: as many digits as tell one epoch from the next. */
export function lossWords(loss: number): string {
  if (!Number.isFinite(loss)) return String(loss);
  return loss >= 100 ? loss.toFixed(0) : loss.toPrecision(3);
}

/** `81.2 %`. */
export function shareWords(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}

function plural(number: number, one: string, many: string): string {
  return `${formatCount(number)} ${number === 1 ? one : many}`;
}

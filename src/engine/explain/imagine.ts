import * as tf from '@tensorflow/tfjs-core';
import { inputShape } from '../../network/inputShape';
import { inputName } from '../../network/network';
import type {
  Imagined,
  ImagineParams,
  ImagineProgress,
  ImagineSettings,
} from '../../protocol/imagining';
import type { BuiltModel } from '../model/builtModel';
import { storedRun } from '../run/runStore';
import { paced } from '../runtime/pacing';
import { Draws } from '../train/draws';
import { beforeActivation } from './linearStep';
import { gradientAt } from './gradientAt';
import { completeImagine } from './imagineRequest';
import { RisingPicture } from './risingPicture';
import { resolveTarget, valueOf, type Target } from './target';
import { taken, Trace, type TraceContext } from './trace';
import { Work } from './work';

/** A picture goes along: more often would take time from the steps. */
const progressMilliseconds = 150;

interface ImagineOptions {
  readonly signal: AbortSignal;
  readonly report: (progress: ImagineProgress) => void;
}

interface Climb extends TraceContext {
  readonly target: Target;
}

/**
 * Makes a picture for a target by gradient ascent from noise (Erhan et al. 2009, with the blur and decay of Yosinski et
 * al. 2015), before the ReLU of the target's layer, behind which there may be no slope. Equal settings make equal
 * pictures. Throws an EngineError for a request that cannot be met; of one that is cancelled there is what it reported.
 */
export async function imagine(
  model: BuiltModel,
  request: ImagineParams,
  { signal, report }: ImagineOptions,
): Promise<Imagined> {
  const begun = performance.now();
  const target = resolveTarget(model.network, request.target);
  const { recipe, from } = completeImagine(model.network, request);
  const { settings, preprocess } = recipe;
  const climb = climbOf(beforeActivation(model, target.layer), target, { preprocess, signal });
  const { shape } = climb.run.input;
  const rising = from
    ? new RisingPicture(shape, from.pixels, preprocess)
    : RisingPicture.noise(shape, settings.seed, preprocess);
  const start = from?.start ?? (await valueOn(climb, rising));
  const soFar = (step: number, value: number): Imagined => {
    const { picture, pixels } = rising;
    const milliseconds = (from?.milliseconds ?? 0) + performance.now() - begun;
    return { picture, pixels, step, start, value, milliseconds, recipe };
  };
  const show = paced(progressMilliseconds, (step: number, value: number) => {
    const what = `step ${step} of ${settings.steps}`;
    report({ what, fraction: step / settings.steps, imagined: soFar(step, value) });
  });
  for (let step = from?.step ?? 0; step < settings.steps; step++) {
    show(step + 1, await stepUp(climb, rising, step, settings));
  }
  return soFar(settings.steps, await valueOn(climb, rising));
}

function climbOf(
  model: BuiltModel,
  target: Target,
  { preprocess, signal }: Pick<ImagineParams, 'preprocess'> & Pick<ImagineOptions, 'signal'>,
): Climb {
  const { network } = model;
  const shape = inputShape(network);
  const input = { shape, data: new Float32Array(0) };
  // Nothing of a run is used but what it is of: every value is computed from the picture.
  const about = { runId: 0, network, weightsId: undefined, input };
  const run = storedRun({ ...about, preprocess }, { outputs: [], logits: input.data });
  return { model, run, target, work: new Work({ signal, report: () => undefined }) };
}

/** Blurs the picture where it is time to and takes one step; gives the target's value before the step. */
async function stepUp(
  climb: Climb,
  rising: RisingPicture,
  step: number,
  { seed, stepSize, blur, blurEvery, jitter, decay }: ImagineSettings,
): Promise<number> {
  // Before a step and not behind it, so that no picture ends with a blur.
  if (step > 0 && step % blurEvery === 0) rising.blur(blur);
  const draws = new Draws('imagine', seed, step);
  const far = (): number => Math.floor(draws.between(-jitter, jitter + 1));
  const shift = { down: far(), right: far() };
  return await through(climb, rising.input(shift), async (trace, value) => {
    const to = inputName(climb.model.network);
    const gradient = taken(await gradientAt({ ...climb, trace, to }));
    rising.climb(gradient, { shift, stepSize, decay });
    return value;
  });
}

function valueOn(climb: Climb, rising: RisingPicture): Promise<number> {
  return through(climb, rising.input(), (_, value) => Promise.resolve(value));
}

/** Runs a picture as far as the target and hands on its value there. */
async function through<T>(
  climb: Climb,
  picture: Float32Array,
  use: (trace: Trace, value: number) => Promise<T>,
): Promise<T> {
  const { model, run, target } = climb;
  const { shape } = run.input;
  const values = tf.tensor(picture, [1, ...shape], 'float32');
  const trace = await Trace.through(climb, {
    from: inputName(model.network),
    values,
    to: target.layer,
  });
  try {
    return await use(trace, valueOf(target, taken(trace.of(target.layer).clone())));
  } finally {
    trace.dispose();
  }
}

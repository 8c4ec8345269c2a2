import type { Uri } from 'vscode';
import type { Training, TrainSettings } from '../../../alexnet-inspector';
import type { Learning, TrainingSettings } from '../../protocol/training';
import type { Trainings } from './trainings';

/** Trains as a script asks for it; the page shows it too. */
export async function trained(
  { trainer }: Pick<Trainings, 'trainer'>,
  folder: Uri,
  wanted: TrainSettings,
  signal: AbortSignal,
): Promise<Training> {
  signal.throwIfAborted();
  const asked = await trainer.begin(folder.toString());
  const stop = (): void => void trainer.end('stop');
  signal.addEventListener('abort', stop);
  try {
    signal.throwIfAborted();
    const settings = settingsOf(asked.settings, wanted);
    const { status, why, learned, history, data } = await trainer.start(asked.begun, settings);
    signal.throwIfAborted();
    if (status !== 'done' || !learned) throw new Error(why ?? `the training is ${status}`);
    const { documentId: variant } = learned;
    return { variant, classes: data.classes.map(({ label }) => label), epochs: [...history] };
  } finally {
    signal.removeEventListener('abort', stop);
    if (trainer.state.training?.status === 'asking') await trainer.close();
  }
}

function settingsOf(asked: TrainingSettings, wanted: TrainSettings): TrainingSettings {
  const { learning, rate, ...plain } = wanted;
  return {
    ...asked,
    ...plain,
    ...(learning !== undefined && { learning: learningOf(learning) }),
    ...(rate !== undefined && { schedule: { ...asked.schedule, rate } }),
  };
}

function learningOf(learning: NonNullable<TrainSettings['learning']>): Learning {
  if (typeof learning === 'string') return { kind: learning };
  return { kind: 'from', layer: learning.from };
}

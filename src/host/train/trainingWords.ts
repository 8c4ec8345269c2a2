import { epochWords, placeWords, speedWords } from '../../protocol/trainingWords';
import type { PanelTraining } from '../../protocol/training';

/** `Epoch 2 of 10, step 3 of 94, 38 pictures per second, 21 min left`. */
export function progressWords(training: PanelTraining): string {
  if (training.status === 'preparing') {
    const { prepared = 0 } = training;
    return prepared > 0 ? `decoding pictures, ${(100 * prepared).toFixed(0)} %` : 'preparing';
  }
  return [placeWords(training), speedWords(training)].filter(Boolean).join(', ');
}

const endings: { readonly [K in PanelTraining['status']]: string } = {
  asking: 'nothing is trained yet',
  preparing: 'the training is being prepared',
  running: 'the training is under way',
  paused: 'the training is paused',
  done: 'the training is done',
  stopped: 'the training was stopped',
  failed: 'the training failed',
};

/** One sentence about a training that is over or waits, and one of why, where nobody asked for it. */
export function trainingWords({ folder, status, why, history }: PanelTraining): string {
  const last = history.at(-1);
  const result = last ? `; epoch ${history.length}: ${epochWords(last)}` : '';
  return [`${folder}: ${endings[status]}${result}.`, why].filter(Boolean).join(' ');
}

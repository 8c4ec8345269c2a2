import type { EpochResult, PanelTraining } from '../../protocol/training';
import { epochWords, placeWords, speedWords } from '../../protocol/trainingWords';
import { formatCount } from '../draw/numberFormat';
import { sentence } from '../draw/resource';

/** The result that counts: of the weights that can be used, else of the last epoch. */
export function countingResult({ history, learned }: PanelTraining): EpochResult | undefined {
  return (learned && history[learned.epochs - 1]) ?? history.at(-1);
}

const states: {
  readonly [K in PanelTraining['status']]: (training: PanelTraining) => string;
} = {
  asking: () => '',
  preparing: ({ prepared }) =>
    prepared === undefined
      ? 'Reading the pictures'
      : `Decoding pictures, ${wholePercent(prepared)}`,
  running: placeWords,
  paused: (training) => `Paused: ${placeWords(training)}`,
  done: ({ history }) => `Done after ${epochs(history.length)}`,
  stopped: (training) => `Stopped: ${placeWords(training)}`,
  failed: (training) => `Failed: ${placeWords(training)}`,
};

/** Where a training stands, in a few words. */
export function stateWords(training: PanelTraining): string {
  return states[training.status](training).replace(/: $/, '');
}

/** How fast it goes and how long it takes, while it does. */
export function paceWords(training: PanelTraining): string {
  return training.status === 'running' ? speedWords(training) : '';
}

/** What is said aloud: an epoch that is over, and the end; nothing for every step. */
export function spokenWords(training: PanelTraining): string {
  const { status, history } = training;
  if (status === 'asking' || status === 'preparing') return '';
  const last = history.at(-1);
  const ended = last ? `Epoch ${formatCount(history.length)}: ${epochWords(last)}.` : '';
  if (status === 'running') return ended;
  const { why } = training;
  return [`${stateWords(training)}.`, ended, why === undefined ? '' : sentence(why)]
    .filter((words) => words !== '')
    .join(' ');
}

/** What stands above what was learned where it did not end as it was asked; undefined where it did. */
export function troubleWords(training: PanelTraining): string | undefined {
  const { status, why, learned } = training;
  if (why === undefined && status !== 'failed') return undefined;
  const what = learned?.epochs ? `in ${epochs(learned.epochs)}` : 'until the last checkpoint';
  const kept = learned
    ? `What was learned ${what} is kept and can be used.`
    : 'Nothing that can be used was learned yet.';
  return `${sentence(why ?? 'it ended too early')} ${kept}`;
}

function epochs(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'epoch' : 'epochs'}`;
}

function wholePercent(share: number): string {
  return `${Math.floor(100 * share)} %`;
}

import type { EvaluationReport, PanelEvaluation } from '../../protocol/evaluation';
import { element } from '../draw/element';
import { formatCount } from '../draw/numberFormat';
import { sentence } from '../draw/resource';

/** What else is to be known of the figures: what they are of, how the published ones were measured, what is missing. */
export function evaluateNotes(
  evaluation: PanelEvaluation,
  report: EvaluationReport | undefined,
): readonly HTMLElement[] {
  const warnings = warningsOf(evaluation).map((words) => element('p', { class: 'note' }, words));
  const { published, leftOut } = evaluation;
  const left = leftOut.length > 0 ? [`Folders left out: ${leftOut.join(', ')}`] : [];
  const conditions =
    published?.top1 === undefined
      ? []
      : [`${published.classes ? 'Measured' : 'Published'}: ${published.conditions}`];
  const quiet = [...conditions, ...left].map((words) => element('p', { class: 'quiet' }, words));
  const unreadable =
    report && report.unreadable.length > 0 ? [unreadableList(evaluation, report)] : [];
  return [...warnings, ...quiet, ...unreadable];
}

/** Each a sentence. */
function warningsOf(evaluation: PanelEvaluation): readonly string[] {
  const { status, why, done, pictures, trained, preparedAsPublished } = evaluation;
  const words: string[] = [];
  if (status === 'stopped') {
    const reason = why === undefined ? '' : ` ${sentence(why)}`;
    const part = `${formatCount(done)} of ${formatCount(pictures)} pictures, taken evenly from all classes`;
    words.push(`Stopped: the figures are of ${part}.${reason}`);
  }
  if (!trained) words.push('Untrained weights: this is what chance gives.');
  if (!preparedAsPublished)
    words.push('Pictures are prepared in another way than the network’s publisher does.');
  return words;
}

function unreadableList({ unreadable }: PanelEvaluation, report: EvaluationReport): HTMLElement {
  const count = formatCount(unreadable);
  const what = unreadable === 1 ? 'picture that could' : 'pictures that could';
  const title = `Not counted: ${count} ${what} not be read`;
  const rows = report.unreadable.map(({ name, why }) =>
    element('li', {}, element('span', { class: 'evaluate-file' }, name), `: ${why}`),
  );
  const rest = unreadable - rows.length;
  if (rest > 0) rows.push(element('li', {}, `and ${formatCount(rest)} more, in the CSV`));
  return element('details', {}, element('summary', {}, title), element('ul', {}, ...rows));
}

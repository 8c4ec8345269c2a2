import type { EvaluationReport, PanelEvaluation } from '../../protocol/evaluation';
import { accuracyWords } from '../../protocol/evaluationWords';
import { element } from '../draw/element';
import { formatCount } from '../draw/numberFormat';

/** A top 5 of so few is right by itself. */
const fewClasses = 5;

/** What a person wants to know first: how many were right, in large type, beside what was published. */
export function figures(evaluation: PanelEvaluation, report: EvaluationReport): HTMLElement {
  const { published } = evaluation;
  const { pictures, top1, top5, among, classes, allClasses } = report;
  const only = `among these ${formatCount(classes.length)}`;
  return element(
    'dl',
    { class: 'evaluate-figures' },
    figure('Top-1', top1, pictures, publishedWords(published?.top1)),
    ...(allClasses > fewClasses
      ? [figure('Top-5', top5, pictures, publishedWords(published?.top5))]
      : []),
    ...(among === undefined ? [] : [figure(`Top-1 ${only}`, among, pictures, otherWords(report))]),
  );
}

function figure(what: string, right: number, all: number, beside: string | undefined): HTMLElement {
  return element(
    'div',
    { class: 'evaluate-figure' },
    element('dt', {}, what),
    element('dd', { class: 'evaluate-accuracy' }, accuracyWords(right, all)),
    element('dd', {}, `${formatCount(right)} of ${formatCount(all)}`),
    ...(beside === undefined ? [] : [element('dd', { class: 'quiet' }, beside)]),
  );
}

function publishedWords(published: number | undefined): string | undefined {
  return published === undefined ? undefined : `published ${published} %`;
}

function otherWords({ classes, allClasses }: EvaluationReport): string {
  return `if the other ${formatCount(allClasses - classes.length)} could not be answered`;
}

import type { Actions } from '../state/actions';
import { button, element } from '../draw/element';
import { icon } from '../draw/icon';
import { dirtyCheck } from '../draw/redraw';
import type { Work } from '../../protocol/panelProtocol';

/** One sentence on what went wrong last. */
export function problemBar({ tell }: Pick<Actions, 'tell'>): {
  readonly element: HTMLElement;
  readonly update: (problem: string | undefined) => void;
} {
  // The region is there from the start: screen readers hear only what is put into a known one.
  const bar = element('div', { class: 'problem', role: 'alert' });
  const changed = dirtyCheck();
  return {
    element: bar,
    update: (problem) => {
      if (!changed(problem)) return;
      bar.replaceChildren();
      if (problem === undefined) return;
      const dismiss = button('', () => tell('dismissProblem'), {
        kind: 'plain',
        'aria-label': 'Dismiss',
        title: 'Dismiss',
      });
      dismiss.append(icon('close'));
      const log = button('Show log', () => tell('showLog'), { kind: 'link' });
      bar.append(icon('error'), element('span', { class: 'problem-text' }, problem), log, dismiss);
    },
  };
}

/** What is under way, how far it is, and a way to stop it. It has a fixed place, so nothing moves. */
export function workBar({ tell }: Pick<Actions, 'tell'>): {
  readonly element: HTMLElement;
  readonly update: (work: Work | undefined) => void;
} {
  const text = element('span', { class: 'work-text', role: 'status', 'aria-live': 'polite' });
  const progress = element('progress', { max: 1, 'aria-label': 'Progress' });
  const cancel = button('Cancel', () => tell('cancelWork'), { kind: 'secondary small' });
  const bar = element('div', { class: 'work' }, progress, text, cancel);
  return {
    element: bar,
    update: (work) => {
      // The words are a live region: written only when they change, or every step would be read out.
      const words = work?.what ?? '';
      if (text.textContent !== words) text.textContent = words;
      bar.classList.toggle('idle', !work);
      cancel.hidden = !work?.cancellable;
      progress.hidden = !work;
      if (work?.fraction === undefined) progress.removeAttribute('value');
      else progress.value = work.fraction;
    },
  };
}

import type { Actions } from '../state/actions';
import { button, element } from '../draw/element';
import { icon } from '../draw/icon';
import { onChange } from '../draw/onChange';

/** One sentence on what went wrong last. */
export function problemBar(actions: Actions): {
  readonly element: HTMLElement;
  readonly update: (problem: string | undefined) => void;
} {
  // The region is there from the start: screen readers hear only what is put into a known one.
  const bar = element('div', { class: 'problem', role: 'alert' });
  const changed = onChange();
  return {
    element: bar,
    update: (problem) => {
      if (!changed(problem)) return;
      bar.replaceChildren();
      if (problem === undefined) return;
      const dismiss = button('', actions.dismissProblem, {
        kind: 'plain',
        'aria-label': 'Dismiss',
        title: 'Dismiss',
      });
      dismiss.append(icon('close'));
      const log = button('Show log', actions.showLog, { kind: 'link' });
      bar.append(icon('error'), element('span', { class: 'problem-text' }, problem), log, dismiss);
    },
  };
}

import type { Actions } from '../state/actions';
import { element } from '../draw/element';
import { icon } from '../draw/icon';
import { popupMenu } from '../draw/menu';
import { dirtyCheck } from '../draw/redraw';
import { exportItems } from './exportItems';
import type { Model } from '../state/model';

/** What can be taken out of the panel: the graph, the table, and of the selected layer what it saw. */
export function exportMenu({ exportAs }: Pick<Actions, 'exportAs'>): {
  readonly element: HTMLElement;
  readonly update: (model: Model) => void;
} {
  const trigger = element(
    'button',
    { type: 'button', class: 'button secondary', id: 'export', 'aria-haspopup': 'menu' },
    'Export',
    icon('chevron'),
  );
  const panel = element('div', {
    class: 'popup menu export-popup',
    role: 'menu',
    'aria-labelledby': 'export',
  });
  const { fill } = popupMenu(trigger, panel, panel);
  const changed = dirtyCheck();
  return {
    element: element('div', { class: 'field' }, trigger, panel),
    update: (model) => {
      const groups = exportItems(model);
      // An open menu keeps its place as long as it says the same.
      const labels = groups.flat().map(({ label }) => label);
      if (!changed(labels.join('\n'))) return;
      fill(
        groups.map((group) =>
          group.map(({ label, what }) => ({ label, choose: () => exportAs(what) })),
        ),
      );
    },
  };
}

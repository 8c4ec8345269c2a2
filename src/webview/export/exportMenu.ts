import { element } from '../draw/element';
import { icon } from '../draw/icon';
import { popupMenu } from '../draw/menu';
import { dirtyCheck } from '../draw/redraw';
import type { Actions } from '../state/actions';
import type { Model } from '../state/model';
import { exportItems } from './exportItems';

/** What can be taken out of the panel: the graph, the table, and of the selected layer what it saw. */
export class ExportMenu {
  readonly element: HTMLElement;
  private readonly menu: ReturnType<typeof popupMenu>;
  private readonly changed = dirtyCheck();

  constructor(private readonly actions: Pick<Actions, 'exportAs'>) {
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
    this.menu = popupMenu(trigger, panel, panel);
    this.element = element('div', { class: 'field' }, trigger, panel);
  }

  update(model: Model): void {
    const groups = exportItems(model);
    // An open menu keeps its place as long as it says the same.
    const labels = groups.flat().map(({ label }) => label);
    if (!this.changed(labels.join('\n'))) return;
    const { exportAs } = this.actions;
    this.menu.fill(
      groups.map((group) =>
        group.map(({ label, what }) => ({ label, choose: () => exportAs(what) })),
      ),
    );
  }
}

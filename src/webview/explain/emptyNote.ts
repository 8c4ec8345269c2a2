import type { PanelState } from '../../protocol/panelProtocol';
import type { Actions } from '../state/actions';
import { button, element } from '../draw/element';
import { icon } from '../draw/icon';
import { dirtyCheck } from '../draw/redraw';

/** What stands where an explanation will, and a way to one. */
export class EmptyNote {
  readonly element = element('div', { class: 'empty explain-empty', hidden: true });
  private readonly changed = dirtyCheck();

  constructor(private readonly actions: Pick<Actions, 'tell'>) {}

  update({ run, notice, work }: Pick<PanelState, 'run' | 'notice' | 'work'>): void {
    if (!this.changed(run === undefined, notice?.kind, work === undefined)) return;
    const { tell } = this.actions;
    const isComing = notice?.kind === 'running' || notice?.kind === 'returning' || work;
    if (isComing) {
      this.show('Soon', 'The picture is being classified; its explanation follows.');
    } else if (run) {
      const again = button('Run again', () => tell('runAgain'), { kind: 'primary' });
      this.show('Not run in this network', 'The result on screen is of another network.', again);
    } else {
      const choose = button('Choose a picture…', () => tell('chooseImage'), { kind: 'primary' });
      const words = 'Classify one, and see which parts of it spoke for its label.';
      this.show('No picture to explain yet', words, choose);
    }
  }

  private show(title: string, words: string, ...ways: readonly HTMLElement[]): void {
    this.element.replaceChildren(
      icon('why'),
      element('h2', {}, title),
      element('p', { role: 'status' }, words),
      ...ways,
    );
  }
}

import type { PanelState } from '../../protocol/panelProtocol';
import type { Actions } from '../state/actions';
import { element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';

/** Chooses the network. The host decides; until it answers the old choice stays. */
export class DocumentSelect {
  readonly element: HTMLElement;
  private readonly select = element('select', { id: 'variant', class: 'select' });
  private readonly changed = dirtyCheck();
  private shown = '';

  constructor({ tell }: Pick<Actions, 'tell'>) {
    this.select.addEventListener('change', () => {
      tell('selectDocument', { documentId: this.select.value });
      this.select.value = this.shown;
    });
    const label = element('label', { for: 'variant', class: 'hidden-label' }, 'Network');
    this.element = element('div', { class: 'field' }, label, this.select);
  }

  update({ documents, documentId }: Pick<PanelState, 'documents' | 'documentId'>): void {
    if (this.changed(documents)) {
      const options = documents.map(({ id, title, description }) =>
        element('option', { value: id, title: description }, title),
      );
      this.select.replaceChildren(...options);
    }
    this.shown = documentId;
    this.select.value = documentId;
    const document = documents.find(({ id }) => id === documentId);
    if (!document) return;
    const { description, origin } = document;
    const source = origin.kind === 'library' ? origin.source : origin.name;
    this.select.title = `${description}. ${source}`;
  }
}

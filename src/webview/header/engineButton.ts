import type { EngineState } from '../../protocol/panelProtocol';
import { element } from '../draw/element';
import { onChange } from '../draw/onChange';
import { popup } from '../draw/popup';
import { engineWords } from './engineWords';

/** Which engine runs; pressed, it says why no better one does. */
export function engineButton(): {
  readonly element: HTMLElement;
  readonly update: (engine: EngineState) => void;
} {
  const dot = element('span', { class: 'engine-dot', 'aria-hidden': 'true' });
  const words = element('span', {});
  const trigger = element(
    'button',
    { type: 'button', class: 'button plain', id: 'engine' },
    dot,
    words,
  );
  const panel = element('div', { class: 'popup engine-popup' });
  popup(trigger, panel);
  const changed = onChange();
  return {
    element: element('div', { class: 'field' }, trigger, panel),
    update: (engine) => {
      if (!changed(engine)) return;
      const { short, details } = engineWords(engine);
      words.textContent = short;
      trigger.dataset['status'] = engine.status;
      trigger.title = details.join('\n');
      panel.replaceChildren(...details.map((line) => element('p', {}, line)));
    },
  };
}

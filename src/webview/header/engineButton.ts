import type { Refusal } from '../../protocol/engineProtocol';
import type { EngineState } from '../../protocol/panelProtocol';
import { element } from '../draw/element';
import { popup } from '../draw/menu';
import { dirtyCheck } from '../draw/redraw';

/** Which engine runs; pressed, it says why no better one does. */
export class EngineButton {
  readonly element: HTMLElement;
  private readonly words = element('span', {});
  private readonly trigger = element(
    'button',
    { type: 'button', class: 'button plain', id: 'engine' },
    element('span', { class: 'engine-dot', 'aria-hidden': 'true' }),
    this.words,
  );
  private readonly panel = element('div', { class: 'popup engine-popup' });
  private readonly changed = dirtyCheck();

  constructor() {
    popup(this.trigger, this.panel);
    this.element = element('div', { class: 'field' }, this.trigger, this.panel);
  }

  update(engine: EngineState): void {
    if (!this.changed(engine)) return;
    const { short, details } = engineWords(engine);
    this.words.textContent = short;
    this.trigger.dataset['status'] = engine.status;
    this.trigger.title = details.join('\n');
    this.panel.replaceChildren(...details.map((line) => element('p', {}, line)));
  }
}

/** The engine as the header shows it: a few words, and the sentences behind them. */
interface EngineWords {
  readonly short: string;
  readonly details: readonly string[];
}

/** Says which backend runs and why no better one does. */
export function engineWords(engine: EngineState): EngineWords {
  switch (engine.status) {
    case 'stopped':
      return {
        short: 'engine starts when needed',
        details: ['The engine is not running. It starts by itself with the next picture.'],
      };
    case 'starting':
      return { short: 'engine is starting…', details: ['The engine is starting.'] };
    case 'failed':
      return { short: 'engine failed', details: [engine.why] };
    case 'ready': {
      const { backend, threads, version, refused } = engine.info;
      const count = `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
      return {
        short: `${backend} · ${count}`,
        details: [
          `TensorFlow.js on ${backend} ${version}, ${count}.`,
          ...refused.map(refusalWords),
        ],
      };
    }
  }
}

function refusalWords({ backend, threads, why }: Refusal): string {
  return `Not ${backend}${threads === undefined ? '' : ` on ${threads} threads`}: ${why}`;
}

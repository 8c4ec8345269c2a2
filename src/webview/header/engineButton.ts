import type { Refusal } from '../../protocol/engineProtocol';
import type { EngineState, PanelState } from '../../protocol/panelProtocol';
import type { Actions } from '../state/actions';
import { button, element } from '../draw/element';
import { popup } from '../draw/menu';
import { dirtyCheck } from '../draw/redraw';

/** Which engine runs; pressed, it says why no better one does, and what can be done about it. */
export class EngineButton {
  readonly element: HTMLElement;
  private readonly words = element('span', { class: 'engine-words' });
  private readonly trigger = element(
    'button',
    { type: 'button', class: 'button plain', id: 'engine' },
    element('span', { class: 'engine-dot', 'aria-hidden': 'true' }),
    this.words,
  );
  private readonly panel = element('div', { class: 'popup engine-popup' });
  private readonly changed = dirtyCheck();
  private readonly close: () => void;

  constructor(private readonly actions: Pick<Actions, 'tell'>) {
    this.close = popup(this.trigger, this.panel).close;
    this.element = element('div', { class: 'field' }, this.trigger, this.panel);
  }

  update({ engine, canInstallNative }: Pick<PanelState, 'engine' | 'canInstallNative'>): void {
    if (!this.changed(engine, canInstallNative)) return;
    const { short, details } = engineWords(engine);
    this.words.textContent = short;
    this.trigger.dataset['status'] = engine.status;
    this.trigger.title = details.join('\n');
    const held = this.panel.contains(document.activeElement);
    const ways = engineWays(engine, canInstallNative).map((way) => this.wayButton(way));
    this.panel.replaceChildren(
      ...details.map((line) => element('p', {}, line)),
      ...(ways.length > 0 ? [element('div', { class: 'engine-ways' }, ...ways)] : []),
    );
    // What had the keyboard is gone.
    if (held) this.trigger.focus();
  }

  private wayButton(way: EngineWay): HTMLElement {
    const go = (): void => {
      this.close();
      this.trigger.focus();
      this.actions.tell(way);
    };
    return button(wayLabels[way], go, { kind: 'secondary small' });
  }
}

type EngineWay = 'restartEngine' | 'installNative' | 'showLog';

const wayLabels: Readonly<Record<EngineWay, string>> = {
  restartEngine: 'Restart',
  installNative: 'Install native TensorFlow…',
  showLog: 'Show log',
};

/** What leads on from the engine's state. */
export function engineWays(engine: EngineState, canInstallNative: boolean): readonly EngineWay[] {
  if (engine.status === 'failed') return ['restartEngine', 'showLog'];
  const isMissed =
    engine.status === 'ready' &&
    engine.info.refused.some(({ backend }) => backend === 'tensorflow');
  return isMissed && canInstallNative ? ['installNative'] : [];
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

const backendNames: Readonly<Record<Refusal['backend'], string>> = {
  tensorflow: 'Native TensorFlow',
  wasm: 'WebAssembly',
  cpu: 'Plain JavaScript',
};

function refusalWords({ backend, threads, why }: Refusal): string {
  const on = threads === undefined ? '' : ` on ${threads} threads`;
  return `${backendNames[backend]}${on} is not used: ${why}`;
}

import type { HostMethods, PanelMethods } from '../protocol/panelProtocol';
import { Rpc } from '../protocol/rpc';
import { App } from './app';
import { readViewState, type ViewState } from './state/viewState';
import { hostPort, keepSoon, vsCodeApi } from './vscodeApi';

const api = vsCodeApi();
let app: App | undefined;

const rpc = new Rpc<PanelMethods, HostMethods>(hostPort(api), {
  update: ({ change }) => app?.change(change),
  showExplanation: async () => (await started).explain(),
  // Asked for as soon as the page has said that it is there, before it has its state.
  draw: async ({ what }) => (await started).drawing(what),
});

const report = (error: unknown): void => {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  // When even this fails the host is gone, and nobody is left to tell.
  rpc.call('reportError', { message }).catch(() => undefined);
};
window.addEventListener('error', ({ error, message }) => report(error ?? message));
window.addEventListener('unhandledrejection', ({ reason }) => report(reason));

async function start(): Promise<App> {
  const { state, view } = await rpc.call('ready', undefined);
  const root = document.getElementById('app');
  if (!root) throw new Error('the page has no element #app');
  root.replaceChildren();
  const keepView = keepSoon<ViewState>((now) => {
    rpc.call('keepView', { view: now }).catch(report);
  });
  app = new App(root, state, readViewState(api.getState() ?? view), {
    tell: (method, ...[params]) => void rpc.call(method, params).catch(report),
    ask: (method, params, options) => rpc.call(method, params, options),
    keep: (now) => {
      // A page that is hidden the moment after has no later one to save its state in.
      api.setState(now);
      keepView(now);
    },
  });
  listenToKeys((key) => app?.key(key) ?? false);
  welcomeKeyboard(() => app?.arrive());
  return app;
}

/** Keys work as soon as the page has the keyboard; a pointer that brings it chooses for itself where it goes. */
function welcomeKeyboard(arrive: () => void): void {
  let pressed = false;
  const welcome = (): void => {
    const isTaken = document.activeElement !== null && document.activeElement !== document.body;
    if (document.hasFocus() && !isTaken && !pressed) arrive();
  };
  document.addEventListener('pointerdown', () => (pressed = true), { capture: true });
  window.addEventListener('blur', () => (pressed = false));
  // A press is known a moment after the focus that it brings.
  window.addEventListener('focus', () => requestAnimationFrame(welcome));
  welcome();
}

const started = start();

/** What single keys are for itself; a slider knows arrows only. */
const typedInto = 'input:not([type=range], [type=checkbox], [type=radio]), select, textarea';

/** Gives single keys to `take` unless the person is typing; what is taken does nothing else. */
function listenToKeys(take: (key: string) => boolean): void {
  document.addEventListener('keydown', (event) => {
    const { key, target, defaultPrevented } = event;
    if (defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = target instanceof Element && target.closest(typedInto);
    if (!typing && take(key)) event.preventDefault();
  });
}

import type { HostMethods, PanelMethods } from '../protocol/panelProtocol';
import { Rpc } from '../protocol/rpc';
import { App } from './app';
import { readViewState } from './state/viewState';
import { hostPort, keepSoon, vsCodeApi } from './vscodeApi';

const api = vsCodeApi();
let app: App | undefined;

const rpc = new Rpc<PanelMethods, HostMethods>(hostPort(api), {
  update: ({ change }) => app?.change(change),
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
  const state = await rpc.call('ready', undefined);
  const root = document.getElementById('app');
  if (!root) throw new Error('the page has no element #app');
  app = new App(root, state, readViewState(api.getState()), {
    tell: (method, ...[params]) => void rpc.call(method, params).catch(report),
    ask: (method, params) => rpc.call(method, params),
    keep: keepSoon((view) => api.setState(view)),
  });
  listenToKeys((key) => app?.key(key) ?? false);
  return app;
}

const started = start();

/** Gives single keys to `take` unless the person is typing; what is taken does nothing else. */
function listenToKeys(take: (key: string) => boolean): void {
  document.addEventListener('keydown', (event) => {
    const { key, target, defaultPrevented } = event;
    if (defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = target instanceof Element && target.closest('input, select, textarea');
    if (!typing && take(key)) event.preventDefault();
  });
}

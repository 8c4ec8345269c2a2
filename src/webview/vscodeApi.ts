import type { Message, Port } from '../protocol/rpc';

/** What VS Code gives a webview, once. State is JSON and outlives the page and VS Code itself. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The one call that VS Code allows. */
export function vsCodeApi(): VsCodeApi {
  return acquireVsCodeApi();
}

const messageTypes: readonly unknown[] = ['request', 'cancel', 'progress', 'result', 'error'];

/** The channel to the extension host. */
export function hostPort(api: VsCodeApi): Port {
  return {
    send: (message) => api.postMessage(message),
    receive: (listener) =>
      window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (isMessage(data)) listener(data);
      }),
  };
}

/** Other scripts of the workbench post to windows too. */
function isMessage(data: unknown): data is Message {
  return (
    typeof data === 'object' && data !== null && 'type' in data && messageTypes.includes(data.type)
  );
}

const pauseMilliseconds = 150;

/** Saves a value at once, since a page may be closed without notice; of quick successive ones, the last per interval. */
export function keepSoon<T>(keep: (value: T) => void): (value: T) => void {
  let pausing = false;
  let waiting: { readonly value: T } | undefined;
  const flush = (): void => {
    if (!waiting) return;
    keep(waiting.value);
    waiting = undefined;
  };
  const flushAndPause = (): void => {
    pausing = waiting !== undefined;
    flush();
    if (pausing) setTimeout(flushAndPause, pauseMilliseconds);
  };
  // A page that is hidden at once may not be heard any more; the keyboard leaves it before.
  window.addEventListener('blur', flush);
  window.addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', flush);
  return (value) => {
    waiting = { value };
    if (!pausing) flushAndPause();
  };
}

import type { Disposable, Webview } from 'vscode';
import type { Message, Port } from '../../protocol/rpc';
import { log } from '../say/log';

/** The host's end of the channel to the page; typed arrays cross as they are. */
export function panelPort(webview: Webview, own: (listener: Disposable) => void): Port {
  return {
    send(message) {
      webview.postMessage(message).then(undefined, (error: unknown) => {
        log.warn(`panel: a message was lost: ${String(error)}`);
      });
    },
    receive(listener) {
      own(webview.onDidReceiveMessage((message: Message) => listener(message)));
    },
  };
}

import type { Disposable, Event, Uri, WebviewPanel } from 'vscode';
import type { Message } from '../../protocol/rpc';
import { loadPage } from '../panel/panelHtml';

/** The panel's page in the editor of a model that is being read: it loads meanwhile, and waits for what it is to show. */
export class EarlyPage {
  private readonly said: Message[] = [];
  private readonly ear: Disposable;

  constructor(
    private readonly panel: WebviewPanel,
    { extensionUri, name }: { readonly extensionUri: Uri; readonly name: string },
  ) {
    const { webview } = panel;
    this.ear = webview.onDidReceiveMessage((message: Message) => this.said.push(message));
    loadPage(webview, extensionUri, name);
  }

  /** What the page says, for the one who shows something in it; what it said before comes in the next moment. */
  readonly messages: Event<Message> = (listener) => {
    this.ear.dispose();
    const { panel, said } = this;
    // A page that was hidden meanwhile is gone, and says it all again.
    if (panel.visible) queueMicrotask(() => said.forEach((message) => void listener(message)));
    return panel.webview.onDidReceiveMessage(listener);
  };

  dispose(): void {
    this.ear.dispose();
  }
}

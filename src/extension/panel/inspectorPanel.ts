import type { Event, Tab, Uri, WebviewPanel, Disposable, Webview } from 'vscode';
import { EventEmitter, TabInputWebview, Uri as uris, ViewColumn, window } from 'vscode';
import type { PageDrawing } from '../../protocol/pageDrawing';
import type {
  HostMethods,
  PanelChange,
  PanelMethods,
  PanelState,
} from '../../protocol/panelProtocol';
import type { Handlers, Message, Port } from '../../protocol/rpc';
import { ClosedError, Rpc } from '../../protocol/rpc';
import type { WorkspaceMemory } from '../../host/upToDate/picturesMemory';
import { log } from '../say/log';
import { packArrays } from './packArrays';
import { loadPage } from './panelHtml';

/** The panel's kind, by which VS Code brings it back after a restart. */
export const panelType = 'alexnet.architecture';

/** Where it is kept how the panel was looked at, for this workspace. */
const viewKey = 'alexnet.view';

export interface PanelOptions {
  readonly extensionUri: Uri;
  readonly state: () => PanelState;
  /** What its tab says. */
  readonly title: () => string;
  readonly handlers: Omit<Handlers<HostMethods>, 'ready' | 'keepView'>;
  /** Hears when a person sees it, before the page is told what to show, and when nobody does any more. */
  readonly watcher: { look(): void; rest(): void };
  /** Keeps how the panel was looked at once it is closed. */
  readonly memory: WorkspaceMemory;
  /** Whether it can be opened anew where it is closed; an editor's panel is VS Code's to open. */
  readonly reopens: boolean;
  /** A person went into it. */
  readonly onActive: () => void;
}

/** The panel of a view: opened, brought back, and kept up to date. */
export class InspectorPanel {
  private panel: WebviewPanel | undefined;
  private rpc: Rpc<HostMethods, PanelMethods> | undefined;
  /** False until the page asks for its state: what is sent before would be lost, and is not needed. */
  private ready = false;
  /** The page has asked for its state, or will never do so. */
  private readonly settled = new EventEmitter<void>();
  private leave: () => void = () => undefined;
  /** VS Code keeps it only as long as the panel is open. */
  private view: unknown;

  constructor(private readonly options: PanelOptions) {
    this.view = options.memory.get(viewKey);
  }

  get visible(): boolean {
    return this.panel?.visible ?? false;
  }

  /** Opens the panel, or brings it to the front where it is; resolves when its page is there or it is closed. */
  show(viewColumn: ViewColumn, preserveFocus: boolean): Promise<void> {
    if (this.panel) this.panel.reveal(undefined, preserveFocus);
    else if (this.options.reopens) this.open({ viewColumn, preserveFocus });
    if (this.ready || !this.panel) return Promise.resolve();
    return new Promise((resolve) => {
      const listener = this.settled.event(() => {
        listener.dispose();
        resolve();
      });
    });
  }

  private open(column: { readonly viewColumn: ViewColumn; readonly preserveFocus: boolean }): void {
    // A tab that VS Code kept over a restart and has not filled yet would be a second panel.
    const leftovers = window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(isPanelTab);
    if (leftovers.length > 0) {
      window.tabGroups.close(leftovers, true).then(undefined, (error: unknown) => {
        log.warn(`panel: a tab of an earlier session stays: ${String(error)}`);
      });
    }
    this.adopt(window.createWebviewPanel(panelType, this.options.title(), column));
  }

  /** Takes over a panel, new or brought back by VS Code; `messages` are of one whose page was loaded before. */
  adopt(panel: WebviewPanel, messages?: Event<Message>): void {
    this.panel?.dispose();
    const { extensionUri, state, title, handlers, watcher, memory, reopens } = this.options;
    const { webview } = panel;
    const owned = new Disposables();
    // An editor's tab says its file, as all editors' do.
    if (reopens) panel.title = title();
    panel.iconPath = uris.joinPath(extensionUri, 'media', 'icon.png');
    const ready = (): HostMethods['ready']['result'] => {
      this.ready = true;
      this.settled.fire();
      watcher.look();
      return { state: state(), view: this.view };
    };
    const keepView = ({ view }: HostMethods['keepView']['params']): void => void (this.view = view);
    const rpc = new Rpc<HostMethods, PanelMethods>(
      panelPort(webview, (listener) => owned.add(listener), messages),
      { ...handlers, ready, keepView },
    );
    owned.add({ dispose: () => rpc.close('the panel was closed') });
    const leave = (): void => {
      owned.dispose();
      if (this.panel !== panel) return;
      memory.update(viewKey, this.view);
      watcher.rest();
      this.panel = undefined;
      this.rpc = undefined;
      this.ready = false;
      this.settled.fire();
    };
    panel.onDidDispose(leave);
    owned.add(
      panel.onDidChangeViewState(() => {
        if (panel.active) this.options.onActive();
        // A hidden page is gone, and asks again when it is shown.
        if (panel.visible) return;
        this.ready = false;
        watcher.rest();
      }),
    );
    this.panel = panel;
    this.leave = leave;
    this.rpc = rpc;
    this.ready = false;
    if (!messages) loadPage(webview, extensionUri);
  }

  /** Sends the parts that changed to a page that is there. */
  update(change: Partial<PanelState>): void {
    const { title, reopens } = this.options;
    if (this.panel && reopens && this.panel.title !== title()) this.panel.title = title();
    if (!this.ready) return;
    this.rpc?.call('update', { change: clearedAsNull(change) }).catch((error: unknown) => {
      if (!(error instanceof ClosedError)) log.error(`panel: ${String(error)}`);
    });
  }

  /** Opens the panel, or brings it to the front, with the explanation of what is shown. */
  async showExplanation(): Promise<void> {
    await this.show(ViewColumn.Active, false);
    await this.rpc?.call('showExplanation', undefined);
  }

  /** What only the page can draw; it has to be there. */
  async draw(what: PageDrawing): Promise<Uint8Array> {
    if (!this.rpc) throw new ClosedError('the panel was closed');
    return await this.rpc.call('draw', { what });
  }

  /** Closes it, and the next one is looked at as if it were the first; gives whether it was open. */
  forget(): boolean {
    const { panel } = this;
    panel?.dispose();
    this.view = undefined;
    this.options.memory.update(viewKey, undefined);
    return panel !== undefined;
  }

  dispose(): void {
    if (this.options.reopens) this.panel?.dispose();
    else this.leave();
    this.settled.dispose();
  }
}

/** VS Code turns messages to a page into JSON, which drops undefined: null says that a part was cleared. */
function clearedAsNull(change: Partial<PanelState>): PanelChange {
  return Object.fromEntries(Object.entries(change).map(([part, value]) => [part, value ?? null]));
}

/** VS Code puts a prefix before the type of a webview's tab. */
function isPanelTab({ input }: Tab): boolean {
  return input instanceof TabInputWebview && input.viewType.endsWith(panelType);
}

/** The host's end of the channel to the page; typed arrays cross as they are. */
export function panelPort(
  webview: Webview,
  own: (listener: Disposable) => void,
  messages: Event<Message> = (hear) =>
    webview.onDidReceiveMessage((said: Message) => void hear(said)),
): Port {
  return {
    send(message) {
      webview.postMessage(packArrays(message)).then(undefined, (error: unknown) => {
        log.warn(`panel: a message was lost: ${String(error)}`);
      });
    },
    receive(listener) {
      own(messages((message) => listener(message)));
    },
  };
}

/** Disposes what was added, the last first; what is added after that is disposed at once. */
export class Disposables implements Disposable {
  private readonly items: Disposable[] = [];
  private disposed = false;

  add<T extends Disposable>(item: T): T {
    if (this.disposed) item.dispose();
    else this.items.push(item);
    return item;
  }

  dispose(): void {
    this.disposed = true;
    while (this.items.length > 0) this.items.pop()?.dispose();
  }
}

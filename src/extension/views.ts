import type { ConfigurationChangeEvent, Disposable } from 'vscode';
import { documentKeys, stateKeys } from '../host/commandKeys';
import type { EngineClient } from '../host/engine/engineClient';
import type { Moved } from '../host/fileRef';
import type { PanelState } from '../protocol/panelProtocol';
import type { ContextKeys } from './say/contextKeys';
import { unawaited } from './say/unawaited';
import { createView, type CommonParts, type View } from './view';

interface MainOptions {
  readonly documentId: string;
  readonly engine: EngineClient;
  readonly rememberDocument: (documentId: string) => void;
}

/** The views of a window: the one that every window has, and one for each model that is open in an editor. */
export class Views implements Disposable {
  readonly main: View;
  private readonly models = new Set<View>();
  /** Undefined only while the first is made. */
  private current: View | undefined;

  constructor(
    private readonly common: CommonParts,
    private readonly keys: Pick<ContextKeys, 'set'>,
    main: MainOptions,
  ) {
    this.main = this.create({ ...main, memoryPrefix: '', reopens: true });
    this.activate(this.main);
  }

  /** The one that a person was in last: what a command or a menu asks for is done there. */
  get active(): View {
    return this.current ?? this.main;
  }

  get all(): readonly View[] {
    return [this.main, ...this.models];
  }

  /** Makes the view of a model that was read with `engine`, which is the view's from now on. */
  openModel(documentId: string, engine: EngineClient): View {
    const view = this.create({
      ...{ documentId, engine },
      memoryPrefix: `${documentId} `,
      reopens: false,
      rememberDocument: () => undefined,
    });
    this.models.add(view);
    view.weights.restore();
    this.activate(view);
    return view;
  }

  closeModel(view: View): void {
    this.models.delete(view);
    view.dispose();
    if (this.current === view) this.activate(this.main);
  }

  /** A setting has changed: it counts from now on. A model's editor keeps the weights of its file. */
  followSetting(event: ConfigurationChangeEvent): void {
    unawaited(this.main.weights.follow(event));
    const stops = ['alexnet.engine.backend', 'alexnet.engine.libraryPath'];
    if (!stops.some((name) => event.affectsConfiguration(name))) return;
    for (const { engine } of this.all) engine.stop();
  }

  rename(moved: Moved): void {
    for (const { inspector } of this.all) inspector.rename(moved);
  }

  dispose(): void {
    for (const view of this.all) view.dispose();
  }

  private create(options: Omit<Parameters<typeof createView>[1], 'onState' | 'onActive'>): View {
    const onState = (change: Partial<PanelState>): void => {
      if (this.current !== made) return;
      this.keys.set(stateKeys(change));
      if ('documentId' in change) this.keys.set(documentKeys(made.session.document));
    };
    const onActive = (): void => this.activate(made);
    const made: View = createView(this.common, { ...options, onState, onActive });
    return made;
  }

  private activate(view: View): void {
    if (this.current === view) return;
    this.current = view;
    this.keys.set(stateKeys(view.inspector.panelState));
    this.keys.set(documentKeys(view.session.document));
  }
}

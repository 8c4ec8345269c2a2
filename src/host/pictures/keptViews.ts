import type { RunView } from '../../protocol/panelProtocol';

interface KeptView {
  readonly view: RunView;
  /** The network, the weights and the preparation that made it. */
  readonly contextKey: string;
}

/** Runs that can be shown again without a new one, by picture: those whose details the engine still holds. */
export class KeptViews {
  private readonly views = new Map<number, KeptView>();

  constructor(private readonly holds: (runId: number) => boolean) {}

  add(id: number, kept: KeptView): void {
    this.views.set(id, kept);
    for (const [old, { view }] of this.views) if (!this.holds(view.runId)) this.views.delete(old);
  }

  get(id: number, contextKey: string): RunView | undefined {
    const kept = this.views.get(id);
    return kept?.contextKey === contextKey && this.holds(kept.view.runId) ? kept.view : undefined;
  }

  clear(): void {
    this.views.clear();
  }
}

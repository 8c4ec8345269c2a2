import type { RunView } from '../../protocol/panelProtocol';

/** Runs that can be shown again without a new one, by picture and by what made them: those whose details the engine still holds. */
export class KeptViews {
  private readonly views = new Map<string, RunView>();

  constructor(private readonly holds: (runId: number) => boolean) {}

  /** `key` says which network, weights and preparation made it. */
  add(id: number, key: string, view: RunView): void {
    this.views.set(`${id} ${key}`, view);
    for (const [old, { runId }] of this.views) if (!this.holds(runId)) this.views.delete(old);
  }

  get(id: number, key: string): RunView | undefined {
    const view = this.views.get(`${id} ${key}`);
    return view && this.holds(view.runId) ? view : undefined;
  }

  forget(id: number): void {
    for (const key of this.views.keys()) if (key.startsWith(`${id} `)) this.views.delete(key);
  }
}

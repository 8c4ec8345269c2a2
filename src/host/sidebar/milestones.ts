import type { Milestone } from '../commandKeys';
import type { Disposable } from '../emitter';
import type { Session } from '../session/session';

/**
 * Tells of each milestone whenever it is reached: VS Code ticks off only what comes about once it knows of the
 * walkthrough, and not before.
 */
export class Milestones {
  private readonly reached = new Set<Milestone>();
  private readonly listeners: readonly Disposable[];

  constructor(
    private readonly session: Pick<Session, 'weights' | 'onDidChange' | 'onDidClassify' | 'runs'>,
    private readonly tell: (milestone: Milestone) => void,
  ) {
    this.listeners = [
      session.onDidChange(() => this.seeWeights()),
      session.onDidClassify((outcome) => {
        if ('view' in outcome) this.reach('picture');
      }),
      session.runs.onDidExplain(() => this.reach('number')),
    ];
  }

  /** Tells of those that were reached before. */
  tellAgain(): void {
    this.seeWeights();
    this.reached.forEach((milestone) => this.tell(milestone));
  }

  dispose(): void {
    this.listeners.forEach((listener) => listener.dispose());
  }

  private seeWeights(): void {
    const { trained, published } = this.session.weights;
    // Those that come with the extension are there without anybody's choice.
    if (trained && !published?.classes) this.reach('weights');
  }

  private reach(milestone: Milestone): void {
    this.reached.add(milestone);
    this.tell(milestone);
  }
}

import { CompareActions, type ComparedWith } from '../../host/compare/compareActions';
import { Comparison } from '../../host/compare/comparison';
import type { FileRef } from '../../host/fileRef';
import type { Pictures } from '../../host/pictures/pictures';
import type { Session, SessionRun } from '../../host/session/session';
import type { Clicks, TaskQueue } from '../../host/task/taskQueue';
import type { PanelState } from '../../protocol/panelProtocol';
import { chooseImages } from '../pick/choose';
import { chooseComparison } from '../pick/chooseComparison';

interface ComparingOptions {
  readonly session: Session;
  readonly tasks: TaskQueue;
  readonly pictures: Pictures;
  readonly onChange: (change: Partial<PanelState>) => void;
  readonly chooseWeights: () => Promise<unknown>;
  readonly selectDocument: (documentId: string) => void;
  /** Made after this. */
  readonly upToDate: () => ConstructorParameters<typeof CompareActions>[0]['upToDate'];
  /** Shows the panel and classifies. */
  readonly classify: (files: readonly FileRef[]) => Promise<SessionRun | undefined>;
}

/** What a person does to see two runs side by side; what goes wrong is shown once. */
export class Comparing {
  readonly comparison: Comparison;
  /** What the page asks for. */
  readonly clicks: Clicks<'compare' | 'endComparison'> = {
    compare: () => this.with(),
    endComparison: () => this.end(),
  };
  private readonly actions: CompareActions;

  constructor(private readonly options: ComparingOptions) {
    const { session, tasks, onChange, upToDate } = options;
    this.comparison = new Comparison({ runs: session.runs, tasks, onChange });
    this.actions = new CompareActions({
      ...options,
      comparison: this.comparison,
      chooseComparison: (run) => chooseComparison(run, session.documents),
      chooseImages,
      upToDate: {
        catchUp: () => upToDate().catchUp(),
        held: (runId) => upToDate().held(runId),
      },
    });
  }

  /** Compares what is shown with something else; asks with what, unless told. */
  async with(given?: ComparedWith): Promise<void> {
    await this.options.tasks.attempt(() => this.actions.compareWith(given));
  }

  async images(files: readonly FileRef[]): Promise<void> {
    await this.options.tasks.attempt(() => this.actions.compareImages(files));
  }

  async end(): Promise<void> {
    await this.options.tasks.attempt(() => this.comparison.end());
  }
}

import type { Uri } from 'vscode';
import { ProgressLocation, ViewColumn, window } from 'vscode';
import { Evaluator, type EvaluatorOptions } from '../../host/evaluate/evaluator';
import {
  labelFolder,
  noClassWords,
  type Labelled,
  type ClassQuestions,
} from '../../host/evaluate/labelFolder';
import type { TaskQueue } from '../../host/task/taskQueue';
import type { PanelEvaluation } from '../../protocol/evaluation';
import { evaluationWords, progressWords } from '../../protocol/evaluationWords';
import type { HostMethods, PanelState } from '../../protocol/panelProtocol';
import type { Handlers } from '../../protocol/rpc';
import { folderTree } from '../files/folderTree';
import type { InspectorPanel } from '../panel/inspectorPanel';
import { chooseFolder } from '../pick/choose';
import { unawaited } from '../say/unawaited';
import { describeError } from '../../host/errors';
import { className } from '../../host/evaluate/folderClasses';

interface EvaluationsOptions extends EvaluatorOptions {
  readonly tasks: Pick<TaskQueue, 'attempt' | 'background' | 'serve'>;
  readonly panel: () => Pick<InspectorPanel, 'show' | 'visible'>;
}

type Progress = Parameters<Parameters<typeof window.withProgress>[1]>[0];

const leaveOut = 'Leave Out';

/** Asks the person what the names of folders do not say. */
const classQuestions: ClassQuestions = {
  choose: async ({ folder, indices }, labels) => {
    const items = [
      ...indices.map((index) => ({ label: className(labels, index), answer: index })),
      { label: 'Leave this folder out', answer: 'leaveOut' as const },
    ];
    const title = `Several classes are called ${folder}: which one does the folder hold?`;
    return (await window.showQuickPick(items, { title }))?.answer;
  },
  leaveOut: async (unknown, labels) => {
    const detail = describeError(noClassWords(unknown, labels));
    const count = unknown.length === 1 ? 'One folder names' : `${unknown.length} folders name`;
    const question = `${count} no class`;
    return (
      (await window.showWarningMessage(question, { modal: true, detail }, leaveOut)) === leaveOut
    );
  },
};

/** What a person evaluates: the folder, questions about it, progress in the status bar, the end. */
export class Evaluations {
  readonly evaluator: Evaluator;
  readonly handlers: Evaluator['handlers'] & Pick<Handlers<HostMethods>, 'evaluate'>;
  private shown: Progress | undefined;

  constructor(private readonly options: EvaluationsOptions) {
    const onChange = (change: Pick<PanelState, 'evaluation'>): void => {
      this.follow(change);
      options.onChange(change);
    };
    this.evaluator = new Evaluator({ ...options, onChange });
    this.handlers = {
      ...this.evaluator.handlers,
      ...options.tasks.background({ evaluate: () => this.evaluate() }),
    };
  }

  /**
   * Evaluates what is shown on a labelled folder; asks for one where none is given, and `onBegin` hears that there is one
   * to begin with. Gives how it ended.
   */
  async evaluate(given?: Uri, onBegin?: () => void): Promise<PanelEvaluation | undefined> {
    let ended: PanelEvaluation | undefined;
    await this.options.tasks.attempt(async () => {
      const uri = given ?? (await chooseFolder('Evaluate on Labelled Folder', 'Evaluate'));
      if (!uri) return;
      ended = await this.withProgress(async () => {
        const { document } = this.options.session;
        const labelled = await labelFolder(folderTree(uri), document, classQuestions);
        if (!labelled) return undefined;
        this.showPanel(true);
        onBegin?.();
        return await this.evaluator.evaluate(labelled);
      });
    });
    if (ended && !this.options.panel().visible) this.tell(ended);
    return ended;
  }

  /** Evaluates what is shown on pictures whose classes are known already. */
  async evaluateLabelled(labelled: Labelled): Promise<void> {
    this.showPanel(true);
    await this.withProgress(() => this.evaluator.evaluate(labelled));
  }

  private async withProgress<T>(work: () => Promise<T>): Promise<T> {
    const location = { location: ProgressLocation.Window, title: 'AlexNet: evaluating' };
    return await window.withProgress(location, (progress) => {
      this.shown = progress;
      return work();
    });
  }

  /** What the status bar says of an evaluation under way. */
  private follow({ evaluation }: Pick<PanelState, 'evaluation'>): void {
    if (evaluation?.status === 'running')
      this.shown?.report({ message: progressWords(evaluation) });
  }

  /** Nobody looks at the panel; nor waits for the answer. */
  private tell(ended: PanelEvaluation): void {
    const sentence = evaluationWords(ended, this.evaluator.report);
    unawaited(
      window
        .showInformationMessage(sentence, 'Show')
        .then((pressed) => pressed !== undefined && this.showPanel(false)),
    );
  }

  /** Beside what the person looks at. */
  private showPanel(preserveFocus: boolean): void {
    void this.options.panel().show(ViewColumn.Beside, preserveFocus);
  }
}

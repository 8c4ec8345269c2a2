import { ProgressLocation, Uri, ViewColumn, window } from 'vscode';
import { Trainer, type TrainerOptions } from '../../host/train/trainer';
import { progressWords, trainingWords } from '../../host/train/trainingWords';
import type { Session } from '../../host/session/session';
import type { TaskQueue } from '../../host/task/taskQueue';
import type { HostMethods, PanelState } from '../../protocol/panelProtocol';
import type { Handlers } from '../../protocol/rpc';
import type { PanelTraining } from '../../protocol/training';
import { folderTree } from '../files/folderTree';
import type { InspectorPanel } from '../panel/inspectorPanel';
import { chooseFolder } from '../pick/choose';
import { unawaited } from '../say/unawaited';
import type { WeightsActions } from '../weights/weightsActions';
import type { TrainingPlaces } from './createTraining';
import { removeTrained } from './removeTrained';

interface TrainingsOptions
  extends Pick<TrainerOptions, 'memory' | 'evaluate' | 'onChange'>, TrainingPlaces {
  readonly session: Session;
  readonly tasks: Pick<TaskQueue, 'attempt' | 'background'>;
  readonly weights: Pick<WeightsActions, 'load'>;
  /** Runs the picture that is shown again. */
  readonly catchUp: () => Promise<void>;
  readonly panel: () => Pick<InspectorPanel, 'show' | 'visible'>;
}

type Progress = Parameters<Parameters<typeof window.withProgress>[1]>[0];

/** What a person trains: the folder, progress in the status bar, the end. */
export class Trainings {
  readonly trainer: Trainer;
  readonly handlers: Trainer['handlers'] & Pick<Handlers<HostMethods>, 'train'>;
  /** What the status bar shows of a training under way. */
  private shown: { readonly progress: Progress; readonly end: () => void } | undefined;
  private last: PanelTraining | undefined;

  constructor(private readonly options: TrainingsOptions) {
    const onChange = (change: Pick<PanelState, 'training'>): void => {
      this.follow(change.training);
      options.onChange(change);
    };
    this.trainer = new Trainer({
      ...options,
      onChange,
      engine: options.trainerEngine,
      storage: options.trainingStorage,
      store: options.trained,
      treeOf: (uri) => folderTree(Uri.parse(uri)),
      use: ({ document }) => this.use(document.id),
    });
    this.handlers = {
      ...this.trainer.handlers,
      ...options.tasks.background({ train: () => this.train() }),
    };
  }

  /** Shows the settings of a training on a folder; asks for one where none is given, and `onBegin` hears that there is one. */
  async train(given?: Uri, onBegin?: () => void): Promise<void> {
    await this.options.tasks.attempt(async () => {
      const uri = given ?? (await chooseFolder('Train on Folder of Pictures', 'Train'));
      if (!uri) return;
      await this.trainer.begin(uri.toString());
      this.showPanel();
      onBegin?.();
    });
  }

  /** Lets the person choose trained networks that are to go. */
  async remove(): Promise<void> {
    const { trained, session, tasks } = this.options;
    await tasks.attempt(() => removeTrained(trained, session));
  }

  private async use(documentId: string): Promise<void> {
    const { session, trained, weights, catchUp } = this.options;
    session.showDocument(documentId);
    this.showPanel();
    const choice = trained.choiceOf(documentId);
    if (choice) await weights.load(choice);
    await catchUp();
  }

  dispose(): void {
    this.shown?.end();
    this.trainer.dispose();
  }

  private follow(training: PanelTraining | undefined): void {
    const { last } = this;
    this.last = training;
    if (training && isWorking(training)) {
      this.showProgress(training);
      return;
    }
    this.shown?.end();
    const hasEnded = last && isWorking(last) && last.begun === training?.begun;
    if (training && hasEnded && !this.options.panel().visible) this.tell(training);
  }

  private showProgress(training: PanelTraining): void {
    if (this.shown) {
      this.shown.progress.report({ message: progressWords(training) });
      return;
    }
    const location = { location: ProgressLocation.Window, title: 'AlexNet: training' };
    unawaited(
      window.withProgress(location, (progress) => {
        progress.report({ message: progressWords(training) });
        return new Promise<void>((resolve) => {
          const end = (): void => {
            this.shown = undefined;
            resolve();
          };
          this.shown = { progress, end };
        });
      }),
    );
  }

  /** Nobody looks at the panel; nor waits for the answer. */
  private tell(training: PanelTraining): void {
    unawaited(
      window
        .showInformationMessage(trainingWords(training), 'Show')
        .then((pressed) => pressed !== undefined && this.showPanel()),
    );
  }

  private showPanel(): void {
    void this.options.panel().show(ViewColumn.Beside, true);
  }
}

function isWorking({ status }: PanelTraining): boolean {
  return status === 'preparing' || status === 'running';
}

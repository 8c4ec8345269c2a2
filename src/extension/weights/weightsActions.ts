import type { Uri } from 'vscode';
import type { Session } from '../../host/session/session';
import type { Task } from '../../host/task/task';
import type { Clicks, TaskQueue } from '../../host/task/taskQueue';
import type { AskAboutFile } from '../../host/weights/fileQuestion';
import { randomChoice, type WeightsChoice } from '../../host/weights/weightsChoice';
import type { PanelWeights } from '../../protocol/panelProtocol';
import { fileRef } from '../files/fileRef';
import { chooseWeightsFile, chooseWeightsPlace } from '../pick/choose';
import { log } from '../say/log';
import { askAboutFile } from './askAboutFile';
import type { WeightsChooser } from './weightsChooser';
import { showDocumentChange, showRemark, showSaved } from '../say/messages';

interface WeightsActionsOptions {
  readonly session: Session;
  readonly tasks: Pick<TaskQueue, 'ask'>;
  readonly rememberWeights: (documentId: string, choice: WeightsChoice) => void;
  readonly weights: Pick<WeightsChooser, 'choose' | 'loadOffered'>;
  /** Called before others are loaded. */
  readonly onLoad: () => void;
}

type FileChoice = Extract<WeightsChoice, { kind: 'file' }>;

type WeightsClick =
  | 'chooseWeights'
  | 'chooseWeightsFile'
  | 'loadOfferedWeights'
  | 'useRandomWeights'
  | 'saveWeights';

/** What a person does with weights: loads and saves them, with progress; what goes wrong is shown once. */
export class WeightsActions {
  /** What the page asks for. */
  readonly clicks: Clicks<WeightsClick> = {
    chooseWeights: () => this.options.weights.choose(),
    chooseWeightsFile: () => this.loadChosen(),
    loadOfferedWeights: () => this.options.weights.loadOffered(),
    useRandomWeights: () => this.load(randomChoice),
    saveWeights: () => this.save(),
  };

  constructor(private readonly options: WeightsActionsOptions) {}

  async loadChosen(): Promise<void> {
    const file = await chooseWeightsFile();
    if (file) await this.load({ kind: 'file', file });
  }

  /**
   * Gives what was loaded; undefined where that failed, which is shown. A person is asked what a file leaves open, unless
   * nobody has just chosen it.
   */
  async load(choice: WeightsChoice, { mayAsk = true } = {}): Promise<PanelWeights | undefined> {
    const { session, tasks, rememberWeights, onLoad } = this.options;
    let loaded: PanelWeights | undefined;
    let wasAsked = false;
    const ask: AskAboutFile = (question, signal) => {
      wasAsked = true;
      return askAboutFile(question, signal);
    };
    onLoad();
    const load = async (task: Task): Promise<void> => {
      const before = session.documentId;
      const info = await session.loadWeights(choice, task, mayAsk ? ask : undefined);
      loaded = info;
      log.info(`weights: ${info.name} for ${info.documentId}, ${info.tensors} tensors`);
      if (info.documentId !== before) showDocumentChange(info.name, session.document);
      // Of what is published it is known which network it is for.
      if (choice.kind === 'file') this.remark(choice, info, wasAsked);
      rememberWeights(info.documentId, choice);
      session.warmUp();
    };
    await tasks.ask('loading weights', load, { isWaitedFor: true });
    return loaded;
  }

  /** Asks once more what a file is that leaves it open. */
  private async askAgain(choice: FileChoice): Promise<void> {
    await this.options.session.readings.answers.forget(choice.file.uri);
    await this.load(choice);
  }

  private remark(
    choice: FileChoice,
    { name, remarks = [] }: PanelWeights,
    wasAsked: boolean,
  ): void {
    const again = { 'Choose Again': () => this.askAgain(choice) };
    const ways =
      !wasAsked && this.options.session.readings.answers.has(choice.file.uri) ? again : {};
    for (const remark of remarks) showRemark(name, remark, ways);
  }

  /** Saves the weights in use where a person says. */
  async save(given?: Uri): Promise<void> {
    const { session, tasks } = this.options;
    const uri = given ?? (await chooseWeightsPlace(session.document));
    if (!uri) return;
    const save = async (task: Task): Promise<void> => {
      const { documentId, tensors } = await session.saveWeights(fileRef(uri), task);
      log.info(`weights: ${tensors} tensors of ${documentId} saved to ${uri.fsPath}`);
      showSaved(uri, tensors);
    };
    await tasks.ask('saving weights', save, { place: 'notification' });
  }
}

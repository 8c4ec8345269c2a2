import { Uri, window } from 'vscode';
import type { EngineClient } from '../../host/engine/engineClient';
import { describeError, labelled } from '../../host/errors';
import { filePlace, type FileRef } from '../../host/fileRef';
import type { ChosenLabels } from '../../host/models/chosenLabels';
import { labelsItems } from '../../host/models/labelsItems';
import type { OpenedModels } from '../../host/models/openedModels';
import { readPictureSize } from '../../host/models/modelAnswers';
import type { Session } from '../../host/session/session';
import type { Clicks, TaskQueue } from '../../host/task/taskQueue';
import { inputSize } from '../../network/inputShape';
import { fileRef } from '../files/fileRef';
import { openModel } from './modelEditor';
import { chooseLabelsFile } from '../pick/choose';

interface ModelActionsOptions {
  readonly models: OpenedModels;
  readonly session: Pick<Session, 'document'>;
  readonly engine: Pick<EngineClient, 'start' | 'call'>;
  readonly tasks: Pick<TaskQueue, 'attempt' | 'dismissProblem'>;
}

/** What a person says of the model that is shown, in place of its file; what goes wrong is shown once. */
export class ModelActions {
  /** What the page asks for. */
  readonly clicks: Clicks<'chooseLabels' | 'useImageNetLabels' | 'chooseSize'> = {
    chooseLabels: () => this.chooseLabels(),
    useImageNetLabels: () => this.attempt((id) => this.use(id, { kind: 'imageNet' })),
    chooseSize: () => this.chooseSize(),
  };

  constructor(private readonly options: ModelActionsOptions) {}

  /** Asks what the classes are called, unless a file of names is given. */
  async chooseLabels(given?: Uri): Promise<void> {
    await this.attempt(async (id) => {
      const labels = this.options.models.labelsOf(id);
      if (!labels) {
        const why = 'labels are chosen for models that are opened from files';
        throw new Error(`${this.title} says what its classes are called; ${why}`);
      }
      if (labels.own.names.length === 0)
        throw new Error(`${this.title} tells no classes apart: there is nothing to be called`);
      if (given) {
        await this.use(id, await this.read(fileRef(given)));
        return;
      }
      const items = labelsItems(labels.own, labels.chosen);
      const picked = await window.showQuickPick(items, { title: 'Choose Labels' });
      if (!picked) return;
      const { choice } = picked;
      if (choice !== 'ask') {
        await this.use(id, choice);
        return;
      }
      const file = await chooseLabelsFile();
      if (file) await this.use(id, await this.read(file));
    });
  }

  /** Asks for the size of the pictures; the model is read anew with it. */
  async chooseSize(): Promise<void> {
    await this.attempt(async (id) => {
      const { document } = this.options.session;
      if (!document.sizeFrom)
        throw new Error(
          `${this.title} says the size of its pictures; nothing else fits its layers`,
        );
      const { height, width } = inputSize(document.network);
      const text = await window.showInputBox({
        title: `Size of the Pictures for ${this.title}`,
        prompt: 'Height × width in pixels: the file leaves it open',
        value: `${height} × ${width}`,
        validateInput: (typed) => whyNoSize(typed),
      });
      if (text === undefined) return;
      await this.options.models.resize(id, readPictureSize(text));
      // Its editor, which reads it, may have been closed.
      await openModel(Uri.parse(id));
    });
  }

  private async use(id: string, labels: ChosenLabels | undefined): Promise<void> {
    await this.options.models.chooseLabels(id, labels);
  }

  /** The names in a file, which the engine reads. */
  private async read(file: FileRef): Promise<ChosenLabels> {
    const { engine } = this.options;
    const { name } = file;
    const at = await filePlace(file, (most) => `files of up to ${most} are read`);
    await engine.start();
    const names = await engine.call('readLabels', { name, at }).catch((error: unknown) => {
      throw labelled(name, error);
    });
    return { kind: 'file', name, names };
  }

  private async attempt(work: (documentId: string) => Promise<void>): Promise<void> {
    const { tasks, session } = this.options;
    tasks.dismissProblem();
    await tasks.attempt(() => work(session.document.id));
  }

  private get title(): string {
    return this.options.session.document.title;
  }
}

function whyNoSize(text: string): string | undefined {
  try {
    readPictureSize(text);
    return undefined;
  } catch (error) {
    return describeError(error);
  }
}

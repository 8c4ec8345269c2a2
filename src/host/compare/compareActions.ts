import type { RunView } from '../../protocol/panelProtocol';
import type { Pictures } from '../pictures/pictures';
import type { FileRef } from '../fileRef';
import type { Session, SessionRun } from '../session/session';
import type { Comparison } from './comparison';

/** What a result is compared with. */
export type ComparedWith =
  | { readonly kind: 'picture' }
  | { readonly kind: 'document'; readonly documentId: string }
  | { readonly kind: 'weights' }
  | { readonly kind: 'next' };

interface CompareOptions {
  readonly session: Session;
  readonly pictures: Pictures;
  readonly comparison: Comparison;
  /** Asks what to compare a run with; undefined when the person thinks better of it. */
  readonly chooseComparison: (run: RunView) => Promise<ComparedWith | undefined>;
  readonly chooseImages: () => Promise<readonly FileRef[] | undefined>;
  readonly chooseWeights: () => Promise<unknown>;
  readonly selectDocument: (documentId: string) => void;
  readonly upToDate: {
    /** Has what is shown be of what is chosen now. */
    catchUp(): Promise<void>;
    /** The number of a run whose details can be asked for, in place of one that the engine has lost. */
    held(runId: number): Promise<number>;
  };
  /** Shows the panel and classifies. */
  readonly classify: (files: readonly FileRef[]) => Promise<SessionRun | undefined>;
}

/** The ways to two runs side by side. */
export class CompareActions {
  constructor(private readonly options: CompareOptions) {}

  /** Compares what is shown with something that the person chooses. */
  async compareWith(given?: ComparedWith): Promise<void> {
    const { pictures } = this.options;
    if (!pictures.run) throw new Error('nothing is classified yet; classify a picture first');
    const choice = given ?? (await this.options.chooseComparison(pictures.run));
    if (choice) await this.compare(await this.heldRun(), choice);
  }

  /** Compares two pictures: the second with the first. */
  async compareImages(files: readonly FileRef[]): Promise<void> {
    const [first, second] = files;
    if (!first || !second || files.length > 2) {
      throw new Error(`two pictures can be compared, not ${files.length}; select two`);
    }
    const { classify, pictures, comparison } = this.options;
    await comparison.end();
    if (!(await classify([first])) || !pictures.run) return;
    await comparison.begin(pictures.run);
    await classify([second]);
  }

  private async compare(run: RunView, choice: ComparedWith): Promise<void> {
    const { session, pictures, comparison, upToDate } = this.options;
    switch (choice.kind) {
      case 'picture': {
        const files = await this.options.chooseImages();
        if (!files) return;
        await comparison.begin(run);
        await this.options.classify(files);
        return;
      }
      case 'weights': {
        const { weightsId, documentId } = session;
        await this.options.chooseWeights();
        if (session.weightsId === weightsId && session.documentId === documentId) return;
        await comparison.begin(run);
        await upToDate.catchUp();
        // The new weights may have run while they were still being chosen.
        if (pictures.run) await comparison.follow(pictures.run);
        return;
      }
      case 'document':
        await comparison.begin(run);
        this.options.selectDocument(choice.documentId);
        await upToDate.catchUp();
        return;
      case 'next':
        await comparison.begin(run);
    }
  }

  /** The run that is shown; classified once more where the engine has been stopped since. */
  private async heldRun(): Promise<RunView> {
    const { pictures, upToDate } = this.options;
    if (pictures.run) await upToDate.held(pictures.run.runId);
    if (!pictures.run) throw new Error('nothing is classified yet; classify a picture first');
    return pictures.run;
  }
}

import type { EngineState, HostMethods, PictureNotice } from '../../protocol/panelProtocol';
import type { Handlers } from '../../protocol/rpc';
import type { Comparison } from '../compare/comparison';
import { onCrash } from '../engine/crashes';
import type { Emitter } from '../emitter';
import type { FileRef } from '../fileRef';
import type { Session } from '../session/session';
import type { TaskQueue } from '../task/taskQueue';
import { EarlierPictures } from './earlierPictures';
import { isGiven } from '../pictures/givenPictures';
import type { Pictures } from '../pictures/pictures';
import {
  PicturesMemory,
  type KeptComparison,
  type KeptPictures,
  type WorkspaceMemory,
} from './picturesMemory';
import { Renewal } from './renewal';
import { WatchedFile, type FileWatching } from './watchedFile';

interface UpToDateOptions {
  readonly session: Session;
  readonly tasks: TaskQueue;
  readonly pictures: Pictures;
  readonly comparison: Comparison;
  readonly engine: { readonly onDidChange: Emitter<EngineState>['event']; stop(): void };
  readonly memory: WorkspaceMemory;
  readonly files: FileWatching & {
    /** The file of an address that was kept. */
    at(uri: string): FileRef;
  };
  /** Whether a person sees the panel. */
  readonly isSeen: () => boolean;
  readonly onNotice: (notice: PictureNotice | undefined) => void;
  readonly now?: () => number;
}

/**
 * What is shown follows what is chosen, and comes back: after a change of the network or the weights, after a restart,
 * after a crash of the engine. What cannot follow is said. Nothing of this happens while nobody sees the panel.
 */
export class UpToDate {
  readonly handlers: Pick<
    Handlers<HostMethods>,
    'runAgain' | 'restartEngine' | 'activation' | 'explainValue'
  >;
  private readonly renewal: Renewal;
  private readonly memory: PicturesMemory;
  private readonly watched: WatchedFile;
  private earlier: EarlierPictures | undefined;

  constructor(private readonly options: UpToDateOptions) {
    const { session, tasks, pictures, engine, memory, files, now } = options;
    const onChange = (): void => options.onNotice(this.notice);
    this.renewal = new Renewal({ ...options, onChange });
    this.memory = new PicturesMemory(memory);
    this.watched = new WatchedFile(files, (file) => {
      pictures.forgetRuns(file);
      onChange();
    });
    this.earlier = this.earlierPictures(onChange);
    this.handlers = {
      ...tasks.background({
        runAgain: () => this.runAgain(),
        restartEngine: () => this.restartEngine(),
      }),
      activation: async ({ runId, layer }) =>
        session.runs.activation(await this.renewal.held(runId), layer),
      explainValue: async ({ runId, ...params }) =>
        session.runs.explainValue({ ...params, runId: await this.renewal.held(runId) }),
    };
    onCrash(engine, ({ why, isRepeated }) => this.afterCrash(why, isRepeated), now);
  }

  get notice(): PictureNotice | undefined {
    const earlier = this.earlier?.notice;
    if (earlier) return earlier;
    const { notice } = this.renewal;
    const kind = notice === 'running' ? notice : (this.watched.state ?? notice);
    return kind && { kind };
  }

  /** The network, the weights or the preparation may be others. */
  follow(): void {
    this.renewal.check();
  }

  /** Resolves when what is shown is of what is chosen, or could not be. */
  async catchUp(): Promise<void> {
    await this.renewal.catchUp();
  }

  held(runId: number): Promise<number> {
    return this.renewal.held(runId);
  }

  /** The panel is seen, again or for the first time. */
  look(): void {
    const { pictures } = this.options;
    if (!pictures.run && !pictures.isWorking) this.earlier?.begin();
    this.renewal.check();
    this.watch();
  }

  /** Nobody sees the panel any more. */
  rest(): void {
    this.watched.rest();
  }

  /** Pictures were shown, began or ended. */
  noteShown(): void {
    const { pictures } = this.options;
    const { file } = pictures.shown;
    if (!file) return;
    const { files, leftOut } = pictures.listed;
    const isListed = files.some(({ uri }) => uri === file.uri);
    // What was pasted lies in no file.
    const uris = (isListed ? files : [file]).map(({ uri }) => uri).filter((uri) => !isGiven(uri));
    const at = Math.max(0, uris.indexOf(file.uri));
    this.memory.keep(uris.length > 0 ? { uris, at, leftOut, ...this.compared } : undefined);
    this.watch();
  }

  /** Nothing is shown from now on, nor after a restart. */
  clear(): void {
    this.earlier = undefined;
    this.options.pictures.clear();
    this.watched.rest();
    this.memory.keep(undefined);
  }

  /** Stops the engine; what a person sees is run again by the next one. */
  async restartEngine(): Promise<void> {
    const { engine, session, pictures, isSeen, tasks } = this.options;
    tasks.dismissProblem();
    engine.stop();
    if (!isSeen()) return;
    if (pictures.run) await this.renewal.run();
    else session.warmUp();
  }

  private async runAgain(): Promise<void> {
    const { pictures, tasks } = this.options;
    tasks.dismissProblem();
    if (pictures.run) await this.renewal.run();
    else await this.earlier?.run();
  }

  /** Quietly once; what comes of work under way is said by that. */
  private afterCrash(why: string, isRepeated: boolean): void {
    const { pictures, isSeen, tasks } = this.options;
    if (!isSeen() || !pictures.run || tasks.isBusy) return;
    if (isRepeated) {
      const [cause] = why.split(';');
      tasks.showProblem(`${cause}, twice within a minute; restart it, or look into the log`);
    } else void this.renewal.run();
  }

  private watch(): void {
    const { pictures, isSeen } = this.options;
    const { run, file } = pictures.shown;
    // Of many that pass by, none is watched.
    if (run && file && !isGiven(file.uri) && isSeen() && !pictures.isWorking)
      this.watched.follow(run, file);
  }

  private earlierPictures(onChange: () => void): EarlierPictures | undefined {
    const { pictures, files: known } = this.options;
    const kept = this.memory.pictures;
    if (!kept) return undefined;
    const { uris, at, leftOut, compared } = kept;
    const files = uris.map((uri) => known.at(uri));
    const compare = async (): Promise<void> => {
      if (compared) await this.compareAgain(compared);
    };
    return new EarlierPictures({ pictures, list: { files, at, leftOut }, onChange, compare });
  }

  /** Two pictures that are compared, to be so again in another window. */
  private get compared(): Pick<KeptPictures, 'compared'> {
    const { otherPicture: other } = this.renewal;
    const { begun } = this.options.comparison.state.comparison ?? {};
    if (begun === undefined || !other || isGiven(other.uri)) return {};
    return { compared: { uri: other.uri, begun } };
  }

  private async compareAgain({ uri, begun }: KeptComparison): Promise<void> {
    const { pictures, comparison, files, tasks } = this.options;
    const other = await this.renewal.runAside(files.at(uri));
    // A person may have begun with another meanwhile.
    if (!other || comparison.state.reference) return;
    await tasks.attempt(async () => {
      await comparison.begin(other, begun);
      if (pictures.run) await comparison.follow(pictures.run);
    });
  }
}

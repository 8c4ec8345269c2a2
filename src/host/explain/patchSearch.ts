import { inputSize } from '../../network/inputShape';
import type { RgbPicture } from '../../protocol/runMaps';
import type { PanelLikes } from '../../protocol/explanationCalls';
import { keptPatches, type PanelPatches, type PatchesAnswer } from '../../protocol/likes';
import type { PanelState } from '../../protocol/panelProtocol';
import { CancelledError, type Handlers } from '../../protocol/rpc';
import { describeError } from '../errors';
import { runInBatches } from '../evaluate/inBatches';
import type { FileRef } from '../fileRef';
import { isSameWish, type Choices } from '../pictures/choices';
import type { PreprocessChoices } from '../session/preprocessChoices';
import { readPicture } from '../session/readPicture';
import type { Session, SessionEngine } from '../session/session';
import { isCancellation } from '../task/task';
import type { TaskQueue } from '../task/taskQueue';
import { FoundPatches } from './foundPatches';
import type { PatchSource } from './patchSource';

export interface PatchSearchOptions {
  readonly session: Session;
  readonly engine: Pick<SessionEngine, 'call'>;
  readonly tasks: Pick<TaskQueue, 'serve' | 'background'>;
  readonly preprocessing: Pick<PreprocessChoices, 'of'>;
  readonly choices: Pick<Choices, 'wish'>;
  readonly onChange: (change: Pick<PanelState, 'patches'>) => void;
  /** Shows pictures in the panel. */
  readonly classify: (files: readonly FileRef[]) => Promise<unknown>;
}

/** One search, and how it stands. */
interface Search {
  readonly begun: number;
  readonly found: FoundPatches;
  readonly stop: AbortController;
  weightsId: number;
  status: PanelPatches['status'];
  why: string | undefined;
  version: number;
}

interface ServeOptions {
  /** How many pictures are kept for a channel. */
  readonly most: number;
  readonly signal: AbortSignal;
  /** Hears how many pictures are through. */
  readonly onBatch: (done: number) => void;
}

type PatchMethod = 'stopPatches' | 'patches' | 'patchPicture' | 'showPatch';

/** Of those that cannot be read, so many are named. */
const mostNamed = 5;

/** Goes through many pictures for the patches that the channels of a layer answer most to; keeps the last search. */
export class PatchSearch {
  readonly handlers: Pick<Handlers<PanelLikes>, PatchMethod>;
  private current: Search | undefined;

  constructor(private readonly options: PatchSearchOptions) {
    this.handlers = {
      ...options.tasks.background({
        showPatch: ({ begun, picture }) =>
          options.classify([this.search(begun).source.pictures.file(picture)]),
      }),
      stopPatches: () => this.stop(),
      patches: ({ begun, channel }) => answerOf(this.search(begun), channel),
      patchPicture: ({ begun, ...patch }) => this.cutOut(this.search(begun), patch),
    };
  }

  get state(): Pick<PanelState, 'patches'> {
    return { patches: this.current && viewOf(this.current) };
  }

  /** Ends what is under way; what was found stays. */
  stop(): void {
    this.current?.stop.abort(new CancelledError());
  }

  /** Forgets the search. */
  clear(): void {
    this.stop();
    this.current = undefined;
    this.tell();
  }

  /** Runs until all pictures are through, or it is stopped; where something was found by then it stays. */
  async find(layer: string, source: PatchSource): Promise<void> {
    this.stop();
    const search: Search = {
      // Two that begin in the same millisecond are two all the same.
      begun: Math.max(Date.now(), (this.current?.begun ?? 0) + 1),
      found: this.begin(layer, source, keptPatches),
      stop: new AbortController(),
      weightsId: this.options.session.weightsId,
      status: 'running',
      why: undefined,
      version: 0,
    };
    this.current = search;
    this.tell();
    const onBatch = (): void => {
      search.weightsId = this.options.session.weightsId;
      this.change(search);
    };
    try {
      await this.run(search.found, search.stop.signal, onBatch);
      search.status = 'done';
    } catch (error) {
      search.status = 'stopped';
      if (search.found.done === 0) {
        if (this.current === search) this.clear();
        if (isCancellation(error)) return;
        throw error;
      }
      if (!isCancellation(error)) search.why = describeError(error);
    }
    this.change(search);
  }

  /** The same for a script, which the panel does not show; errors and cancelling are the caller's. */
  async serve(
    layer: string,
    source: PatchSource,
    { most, signal, onBatch }: ServeOptions,
  ): Promise<FoundPatches> {
    const found = this.begin(layer, source, most);
    await this.run(found, signal, () => onBatch(found.done));
    return found;
  }

  private begin(layer: string, source: PatchSource, most: number): FoundPatches {
    const { session, preprocessing } = this.options;
    const { document } = session;
    const { settings: preprocess } = preprocessing.of(document.id);
    return new FoundPatches({ document, layer, preprocess, most }, source);
  }

  private async run(found: FoundPatches, signal: AbortSignal, onBatch: () => void): Promise<void> {
    const { session, engine, tasks, choices } = this.options;
    const { wish } = choices;
    const { document, layer, preprocess, source } = found;
    await tasks.serve(
      'looking for patches',
      (task) =>
        runInBatches(source.pictures, found, task, {
          engine,
          document,
          preprocess,
          run: (batch, part) =>
            session.aboutWeights(document.id, 'strongestCells', { batch, layer }, part),
          check: () => {
            if (isSameWish(wish, choices.wish)) return;
            throw new Error('another network, other weights or other preprocessing were chosen');
          },
          onBatch,
        }),
      signal,
    );
  }

  /** What a cell sees of a picture, as the network was given it; all of that where it sees padding alone. */
  private async cutOut(
    found: FoundPatches,
    { picture, channel, ...cell }: Omit<PanelLikes['patchPicture']['params'], 'begun'>,
  ): Promise<RgbPicture> {
    const { document, preprocess, source } = found;
    const size = inputSize(document.network);
    const whole = {
      rows: { first: 0, last: size.height - 1 },
      columns: { first: 0, last: size.width - 1 },
    };
    const area = found.sees(channel, cell) ?? whole;
    const bytes = await readPicture(source.pictures.file(picture));
    return await this.options.engine.call('seenPart', { bytes, preprocess, size, area });
  }

  private change(search: Search): void {
    search.version += 1;
    if (this.current === search) this.tell();
  }

  private tell(): void {
    this.options.onChange(this.state);
  }

  /** What was meant; another search may have begun since the page asked. */
  private search(begun: number): FoundPatches {
    if (this.current?.begun === begun) return this.current.found;
    throw new Error('that search is not kept any more; look through the pictures again');
  }
}

function answerOf(found: FoundPatches, channel: number): PatchesAnswer {
  const { pictures } = found.source;
  const unreadable = [...found.unreadable]
    .slice(0, mostNamed)
    .map(([picture, why]) => ({ name: pictures.file(picture).label, why }));
  return { patches: found.of(channel), unreadable };
}

function viewOf({ found, ...search }: Search): PanelPatches {
  const { begun, weightsId, status, why, version } = search;
  const { document, layer, source, done, unreadable } = found;
  return {
    begun,
    documentId: document.id,
    layer,
    from: source.from,
    weightsId,
    status,
    ...(why !== undefined && { why }),
    pictures: source.pictures.size,
    done,
    unreadable: unreadable.size,
    leftOut: source.leftOut,
    version,
  };
}

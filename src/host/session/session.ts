import { rm } from 'node:fs/promises';
import type { PreprocessParts } from '../../network/preprocess/changedParts';
import type { VariantId } from '../../library/variant';
import type {
  EngineMethods,
  EngineRun,
  Progress,
  SavedWeights,
} from '../../protocol/engineProtocol';
import { Exclusive } from '../../protocol/exclusive';
import type { PanelWeights, RunView } from '../../protocol/panelProtocol';
import { CancelledError, ClosedError } from '../../protocol/rpc';
import type { EngineClient } from '../engine/engineClient';
import { completePreprocess } from './completePreprocess';
import { Emitter } from '../emitter';
import type { FileRef } from '../fileRef';
import { HeldRuns } from './heldRuns';
import { readPicture } from './readPicture';
import { isOf, labelled } from '../labelled';
import { topPredictions } from './topPredictions';
import { WarmUp } from './warmUp';
import { saveTarget } from '../weights/saveTarget';
import type { WeightsChoice } from '../weights/weightsChoice';
import { WeightsIds } from '../weights/weightsIds';
import {
  choiceName,
  expectedWeights,
  publishedWeights,
  randomChoice,
  weightsSource,
} from '../weights/weightsChoice';

interface WorkOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

interface ClassifyOptions extends WorkOptions {
  /** Parts that replace the variant's own; the variant is the one shown when the picture's turn comes. */
  readonly preprocess?: (variant: VariantId) => PreprocessParts;
  /** Only the result is wanted: the run is not kept. */
  readonly passing?: boolean;
}

/** A picture that went through the network, and the circumstances. */
export interface SessionRun extends Pick<EngineRun, 'logits' | 'thumbnail'> {
  readonly view: RunView;
  readonly file: FileRef;
  /** Of the weights that ran. */
  readonly weightsId: number;
}

const shownPredictions = 5;

/** How much of the progress of a first classification the weights take. */
const weightsShare = 0.7;

/** What is shown and run: the variant, its weights, the last picture. The engine is brought up to date when work needs it. */
export class Session {
  private readonly exclusive = new Exclusive();
  private readonly choices = new Map<VariantId, WeightsChoice>();
  private readonly infos = new Map<VariantId, PanelWeights>();
  /** Choices of an earlier window that the engine has not loaded yet. */
  private readonly restored = new Set<VariantId>();
  private readonly ids = new WeightsIds();
  private readonly changed = new Emitter<void>();
  /** The weights in the engine, where that is known. */
  private loadedId: number | undefined;
  private shown: VariantId;
  private readonly warming = new WarmUp({
    load: (variant, options) =>
      this.exclusive.run(() => this.ensureLoaded(variant, options), options.signal),
    pass: (signal) =>
      this.exclusive.run(() => this.engine.call('warmUp', undefined, { signal }), signal),
  });

  /** What can still be asked of earlier pictures. */
  readonly runs: HeldRuns;
  /** Something that the panel shows has changed. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly engine: EngineClient,
    variant: VariantId,
  ) {
    this.shown = variant;
    engine.onDidChange(({ status }) => {
      if (status !== 'ready') this.loadedId = undefined;
    });
    this.runs = new HeldRuns(engine);
  }

  get variant(): VariantId {
    return this.shown;
  }

  get weights(): PanelWeights {
    return this.weightsOf(this.shown);
  }

  /** Changes whenever the values may have. */
  get weightsId(): number {
    return this.idOf(this.shown);
  }

  showVariant(variant: VariantId): void {
    if (variant === this.shown) return;
    this.shown = variant;
    this.warming.keepOnly(variant);
    this.changed.fire();
  }

  /** Readies the engine for the shown variant in the background: what is asked for meanwhile goes first or joins in. */
  warmUp(): void {
    this.warming.begin(this.shown);
  }

  /** Takes up weights that were chosen before; the engine loads them when it needs them. */
  restoreWeights(variant: VariantId, choice: WeightsChoice): void {
    this.choices.set(variant, choice);
    this.infos.set(variant, expectedWeights(variant, choice));
    this.restored.add(variant);
    this.changed.fire();
  }

  /** Goes back to random weights where these are in use. */
  dropWeights(isDropped: (choice: WeightsChoice) => boolean): void {
    for (const [variant, choice] of this.choices) if (isDropped(choice)) this.forget(variant);
  }

  /** Loads weights and shows the variant they are for; on failure all stays as it was. */
  loadWeights(choice: WeightsChoice, options: WorkOptions): Promise<PanelWeights> {
    this.warming.cancel();
    return this.exclusive.run(async () => {
      // Variants share names and shapes, so a published set says which it is for.
      const variant = choice.kind === 'published' ? choice.entry.variant : this.shown;
      const info = await this.load(variant, choice, options);
      this.choices.set(info.variant, choice);
      this.infos.set(info.variant, info);
      this.restored.delete(info.variant);
      this.shown = info.variant;
      this.changed.fire();
      return info;
    }, options.signal);
  }

  classify(file: FileRef, options: ClassifyOptions): Promise<SessionRun> {
    const { preprocess: partsOf, signal, onProgress, passing = false } = options;
    this.warming.join(this.shown, onProgress);
    return this.exclusive.run(async () => {
      // It starts while the picture is read; a failure is met below.
      this.engine.start().catch(() => undefined);
      const bytes = await readPicture(file);
      const variant = this.shown;
      const share = await this.readied(variant, options);
      const weightsId = this.idOf(variant);
      const { backend } = await this.engine.start();
      const preprocess = completePreprocess(variant, partsOf?.(variant));
      const runId = this.runs.begin();
      const { logits, thumbnail, ...maps } = await this.engine
        .call(
          'classify',
          { runId, bytes, preprocess, passing },
          { signal, onProgress: after(share, onProgress) },
        )
        .catch((error: unknown) => {
          throw labelled(file.name, error);
        });
      const { trained, name, published } = this.weightsOf(variant);
      const weights = published?.name ?? name;
      const predictions = topPredictions(logits, shownPredictions);
      const made = { runId, name: file.label, variant, backend, preprocess, trained, weights };
      return { view: { ...maps, ...made, predictions }, logits, thumbnail, file, weightsId };
    }, signal);
  }

  /** Writes the shown variant's weights to a file; what the engine leaves unfinished is cleared away. */
  saveWeights(file: Pick<FileRef, 'name' | 'path'>, options: WorkOptions): Promise<SavedWeights> {
    const target = saveTarget(file);
    this.warming.join(this.shown, options.onProgress);
    return this.aboutWeights(this.shown, 'saveWeights', target, options).catch(
      async (error: unknown) => {
        // An engine that went away could not do so itself.
        if (error instanceof ClosedError) await rm(target.part, { recursive: true, force: true });
        throw error;
      },
    );
  }

  /** Has the engine work on a variant's weights; they are loaded first where they are not. */
  aboutWeights<K extends 'weightSummary' | 'filters' | 'saveWeights'>(
    variant: VariantId,
    method: K,
    params: EngineMethods[K]['params'],
    options: WorkOptions,
  ): Promise<EngineMethods[K]['result']> {
    const { signal, onProgress } = options;
    return this.exclusive.run(async () => {
      const share = await this.readied(variant, options);
      return await this.engine.call(method, params, {
        signal,
        onProgress: after(share, onProgress),
      });
    }, signal);
  }

  dispose(): void {
    this.warming.cancel();
    this.changed.dispose();
  }

  /** For what a person asks: weights of an earlier window that fail are given up. */
  private readied(variant: VariantId, options: WorkOptions): Promise<number> {
    return this.ensureLoaded(variant, options).catch((error: unknown) => {
      throw this.withoutRestored(variant, error);
    });
  }

  /** Brings the engine to this variant and its weights; tells how much of the progress that took. */
  private async ensureLoaded(variant: VariantId, options: WorkOptions): Promise<number> {
    const choice = this.choices.get(variant) ?? randomChoice;
    if (this.loadedId === this.idOf(variant)) return 0;
    const info = await this.load(variant, choice, {
      signal: options.signal,
      onProgress: weightsProgress(options.onProgress),
    });
    if (info.variant !== variant) {
      this.loadedId = undefined;
      throw new Error(`${info.name} now holds weights for ${info.variant}; load it again`);
    }
    this.infos.set(variant, info);
    this.restored.delete(variant);
    // The weights may be others than those that were loaded last.
    if (choice.kind !== 'random') this.changed.fire();
    return weightsShare;
  }

  private async load(
    variant: VariantId,
    choice: WeightsChoice,
    options: WorkOptions,
  ): Promise<PanelWeights> {
    options.onProgress?.({ what: 'starting the engine', fraction: 0 });
    await this.engine.start();
    const source = await weightsSource(choice);
    const name = choiceName(choice);
    const weightsId = this.ids.renew(variant, choice);
    const info = await this.engine
      .call('loadWeights', { variant, source, weightsId }, options)
      .catch((error: unknown) => {
        // A file that does not fit leaves the engine as it was; after anything else nobody knows what it holds.
        if (!isOf('WeightsError', error)) this.loadedId = undefined;
        throw labelled(name, error);
      });
    this.loadedId = weightsId;
    return { ...info, ...publishedWeights(choice) };
  }

  private idOf(variant: VariantId): number {
    return this.ids.of(variant, this.choices.get(variant) ?? randomChoice);
  }

  private weightsOf(variant: VariantId): PanelWeights {
    return this.infos.get(variant) ?? expectedWeights(variant, randomChoice);
  }

  private forget(variant: VariantId): void {
    this.choices.delete(variant);
    this.infos.delete(variant);
    this.restored.delete(variant);
    this.changed.fire();
  }

  /** Weights of an earlier window that cannot be loaded any more must not stand in the way of every picture. */
  private withoutRestored(variant: VariantId, error: unknown): unknown {
    const isTheirFault = !(error instanceof CancelledError) && this.engine.pid !== undefined;
    if (!isTheirFault || !this.restored.has(variant)) return error;
    this.forget(variant);
    const why = error instanceof Error ? error.message : String(error);
    return new Error(`${why}; random weights are used until you choose others`, { cause: error });
  }
}

/** What loading weights tells, as the first part of a classification's progress. */
function weightsProgress(onProgress: WorkOptions['onProgress']): (progress: Progress) => void {
  return ({ what, fraction }) => onProgress?.({ what, fraction: fraction * weightsShare });
}

/** What is told after the weights have had their share. */
function after(share: number, onProgress: WorkOptions['onProgress']): (progress: Progress) => void {
  return ({ what, fraction }) => onProgress?.({ what, fraction: share + (1 - share) * fraction });
}

import type { VariantId } from '../../library/variant';
import type { PanelWeights } from '../../protocol/panelProtocol';
import { CancelledError } from '../../protocol/rpc';
import { Emitter } from '../emitter';
import type { EngineClient } from '../engine/engineClient';
import { isOf, labelled } from '../labelled';
import type { TaskContext } from '../task/task';
import type { WeightsChoice } from '../weights/weightsChoice';
import {
  choiceName,
  expectedWeights,
  publishedWeights,
  randomChoice,
  weightsSource,
} from '../weights/weightsChoice';
import { WeightsIds } from '../weights/weightsIds';

/** Which weights each network runs with, and which of them the engine has. */
export class WeightsInUse {
  private readonly choices = new Map<VariantId, WeightsChoice>();
  private readonly infos = new Map<VariantId, PanelWeights>();
  /** Choices of an earlier window that the engine has not loaded yet. */
  private readonly restored = new Set<VariantId>();
  private readonly ids = new WeightsIds();
  private readonly changed = new Emitter<void>();
  /** The weights in the engine, where that is known. */
  private loadedId: number | undefined;

  readonly onDidChange = this.changed.event;

  constructor(
    private readonly engine: Pick<EngineClient, 'start' | 'call' | 'pid' | 'onDidChange'>,
  ) {
    engine.onDidChange(({ status }) => {
      if (status !== 'ready') this.loadedId = undefined;
    });
  }

  of(variant: VariantId): PanelWeights {
    return this.infos.get(variant) ?? expectedWeights(variant, randomChoice);
  }

  /** Changes whenever the values may have. */
  idOf(variant: VariantId): number {
    return this.ids.of(variant, this.choices.get(variant) ?? randomChoice);
  }

  /** Takes up weights that were chosen before; the engine loads them when it needs them. */
  restore(variant: VariantId, choice: WeightsChoice): void {
    this.choices.set(variant, choice);
    this.infos.set(variant, expectedWeights(variant, choice));
    this.restored.add(variant);
    this.changed.fire();
  }

  /** Goes back to random weights where these are in use. */
  drop(isDropped: (choice: WeightsChoice) => boolean): void {
    for (const [variant, choice] of this.choices) if (isDropped(choice)) this.forget(variant);
  }

  /** Loads weights and uses them from now on for the network that they are for; `shown` where they do not say. */
  async choose(shown: VariantId, choice: WeightsChoice, task: TaskContext): Promise<PanelWeights> {
    // Variants share names and shapes, so a published set says which it is for.
    const variant = choice.kind === 'published' ? choice.entry.variant : shown;
    const info = await this.load(variant, choice, task);
    this.choices.set(info.variant, choice);
    this.infos.set(info.variant, info);
    this.restored.delete(info.variant);
    return info;
  }

  /** Has the engine load a network's weights; false where it has them. Reports as if that were all of the task. */
  async ensureLoaded(variant: VariantId, task: TaskContext): Promise<boolean> {
    const choice = this.choices.get(variant) ?? randomChoice;
    if (this.loadedId === this.idOf(variant)) return false;
    const info = await this.load(variant, choice, task);
    if (info.variant !== variant) {
      this.loadedId = undefined;
      throw new Error(`${info.name} now holds weights for ${info.variant}; load it again`);
    }
    this.infos.set(variant, info);
    this.restored.delete(variant);
    // The weights may be others than those that were loaded last.
    if (choice.kind !== 'random') this.changed.fire();
    return true;
  }

  /** The same for what a person asks: weights of an earlier window that fail do not stand in the way of every picture. */
  async ensureLoadedOrGiveUp(variant: VariantId, task: TaskContext): Promise<boolean> {
    try {
      return await this.ensureLoaded(variant, task);
    } catch (error) {
      const isTheirFault = !(error instanceof CancelledError) && this.engine.pid !== undefined;
      if (!isTheirFault || !this.restored.has(variant)) throw error;
      this.forget(variant);
      const why = error instanceof Error ? error.message : String(error);
      const message = `${why}; random weights are used until you choose others`;
      throw new Error(message, { cause: error });
    }
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async load(
    variant: VariantId,
    choice: WeightsChoice,
    { signal, report }: TaskContext,
  ): Promise<PanelWeights> {
    report({ what: 'starting the engine', fraction: 0 });
    await this.engine.start();
    const source = await weightsSource(choice);
    const name = choiceName(choice);
    const weightsId = this.ids.renew(variant, choice);
    const info = await this.engine
      .call('loadWeights', { variant, source, weightsId }, { signal, onProgress: report })
      .catch((error: unknown) => {
        // A file that does not fit leaves the engine as it was; after anything else nobody knows what it holds.
        if (!isOf('WeightsError', error)) this.loadedId = undefined;
        throw labelled(name, error);
      });
    this.loadedId = weightsId;
    return { ...info, ...publishedWeights(choice) };
  }

  private forget(variant: VariantId): void {
    this.choices.delete(variant);
    this.infos.delete(variant);
    this.restored.delete(variant);
    this.changed.fire();
  }
}

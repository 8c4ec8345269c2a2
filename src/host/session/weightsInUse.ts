import type { ModelDocument } from '../../network/modelDocument';
import type { Network } from '../../network/network';
import type { Documents } from '../documents';
import type { ChosenReading } from '../../protocol/engineProtocol';
import type { PanelWeights } from '../../protocol/panelProtocol';
import { CancelledError } from '../../protocol/rpc';
import { Emitter } from '../emitter';
import type { EngineClient } from '../engine/engineClient';
import { isOf, labelled } from '../errors';
import type { TaskContext } from '../task/task';
import type { AskAboutFile } from '../weights/fileQuestion';
import type { FileReadings, SettledReading } from '../weights/fileReadings';
import type { WeightsChoice } from '../weights/weightsChoice';
import {
  aboutChoice,
  choiceName,
  expectedWeights,
  fileSource,
  weightsSource,
} from '../weights/weightsChoice';
import { WeightsIds } from '../weights/weightsIds';

/** Which weights each network runs with, and which of them the engine has. */
export class WeightsInUse {
  private readonly choices = new Map<string, WeightsChoice>();
  private readonly infos = new Map<string, PanelWeights>();
  /** Choices of an earlier window that the engine has not loaded yet. */
  private readonly restored = new Set<string>();
  private readonly ids = new WeightsIds();
  private readonly changed = new Emitter<void>();
  /** The weights in the engine, where that is known. */
  private loadedId: number | undefined;
  /** The network that they are in: a model's file may have been read anew, with pictures of another size. */
  private loadedNetwork: Network | undefined;
  /** The documents that the engine's present process knows, by id. */
  private readonly sent = new Map<string, ModelDocument>();

  readonly onDidChange = this.changed.event;

  constructor(
    private readonly engine: Pick<EngineClient, 'start' | 'call' | 'pid' | 'onDidChange'>,
    private readonly documents: Documents,
    /** What a document runs with until a person chooses. */
    private readonly standard: (documentId: string) => WeightsChoice,
    private readonly readings: FileReadings,
  ) {
    engine.onDidChange(({ status }) => {
      if (status === 'ready') return;
      this.loadedId = undefined;
      this.sent.clear();
    });
  }

  of(documentId: string): PanelWeights {
    return (
      this.infos.get(documentId) ??
      expectedWeights(this.documents.get(documentId), this.standard(documentId))
    );
  }

  /** What was chosen for a document; the same object until another choice is made. */
  choiceOf(documentId: string): WeightsChoice {
    return this.choices.get(documentId) ?? this.standard(documentId);
  }

  /** Changes whenever the values may have. */
  idOf(documentId: string): number {
    return this.ids.of(documentId, this.choiceOf(documentId));
  }

  /** Takes up weights that were chosen before; the engine loads them when it needs them. */
  restore(documentId: string, choice: WeightsChoice): void {
    this.choices.set(documentId, choice);
    this.infos.set(documentId, expectedWeights(this.documents.get(documentId), choice));
    this.restored.add(documentId);
    this.changed.fire();
  }

  /** Goes back to what a document begins with where these are in use. */
  drop(isDropped: (choice: WeightsChoice) => boolean): void {
    for (const [documentId, choice] of this.choices) if (isDropped(choice)) this.forget(documentId);
  }

  /** Settles how a file is read, by what it is and what a person says of it; throws where it is nothing. */
  async settle(
    shown: string,
    { file }: Extract<WeightsChoice, { kind: 'file' }>,
    task: TaskContext,
    ask?: AskAboutFile,
  ): Promise<SettledReading> {
    await this.ready(task);
    const { origin } = this.documents.get(shown);
    // Of another file's network only the layers are what this file may be for.
    const documentId = (origin.kind === 'file' ? origin.base : undefined) ?? shown;
    const source = await fileSource(file);
    const open = await this.engine
      .call('examineWeights', { documentId, source }, { signal: task.signal })
      .catch((error: unknown) => {
        throw labelled(file.name, error);
      });
    return await this.readings.settle(file, open, task.signal, ask);
  }

  /** Loads weights and uses them from now on for the network that they are for; `shown` where they do not say. */
  async choose(
    shown: string,
    choice: WeightsChoice,
    task: TaskContext,
    settled?: SettledReading,
  ): Promise<PanelWeights> {
    // Documents share names and shapes, so a published set says which it is for.
    const documentId =
      settled?.documentId ?? (choice.kind === 'published' ? choice.entry.documentId : shown);
    const load = () => this.load(documentId, choice, task, settled?.chosen);
    const loaded = await (settled?.document ? this.withDocument(settled.document, load) : load());
    const remarks = [...(settled?.remarks ?? []), ...(loaded.remarks ?? [])];
    const info = remarks.length > 0 ? { ...loaded, remarks } : loaded;
    this.choices.set(info.documentId, choice);
    this.infos.set(info.documentId, info);
    this.restored.delete(info.documentId);
    return info;
  }

  /** Has the engine load a network's weights; false where it has them. Reports as if that were all of the task. */
  async ensureLoaded(documentId: string, task: TaskContext): Promise<boolean> {
    const choice = this.choiceOf(documentId);
    const { network } = this.documents.get(documentId);
    if (this.loadedId === this.idOf(documentId) && this.loadedNetwork === network) return false;
    const info = await this.load(documentId, choice, task);
    if (info.documentId !== documentId) {
      this.loadedId = undefined;
      throw new Error(`${info.name} now holds weights for ${info.documentId}; load it again`);
    }
    this.infos.set(documentId, info);
    this.restored.delete(documentId);
    // The weights may be others than those that were loaded last.
    if (choice.kind !== 'random') this.changed.fire();
    return true;
  }

  /** The same for what a person asks: weights of an earlier window that fail do not stand in the way of every picture. */
  async ensureLoadedOrGiveUp(documentId: string, task: TaskContext): Promise<boolean> {
    try {
      return await this.ensureLoaded(documentId, task);
    } catch (error) {
      const isTheirFault = !(error instanceof CancelledError) && this.engine.pid !== undefined;
      // Random ones cannot fail: giving them up would put others in their place without a word.
      const isRandom = this.choiceOf(documentId).kind === 'random';
      if (!isTheirFault || isRandom || !this.restored.has(documentId)) throw error;
      this.forget(documentId);
      const why = error instanceof Error ? error.message : String(error);
      const name = choiceName(this.standard(documentId)) ?? 'random weights';
      const message = `${why}; ${name} are used until you choose others`;
      throw new Error(message, { cause: error });
    }
  }

  dispose(): void {
    this.changed.dispose();
  }

  /** Opens the document that weights need; it is there afterwards only where they were loaded. */
  private async withDocument<T>(document: ModelDocument, load: () => Promise<T>): Promise<T> {
    const before = this.documents.has(document.id) ? this.documents.get(document.id) : undefined;
    this.documents.add(document);
    try {
      const loaded = await load();
      await this.readings.networks.keep(document);
      return loaded;
    } catch (error) {
      if (before) this.documents.add(before);
      else this.documents.remove(document.id);
      throw error;
    }
  }

  private async load(
    documentId: string,
    choice: WeightsChoice,
    task: TaskContext,
    settled?: ChosenReading,
  ): Promise<PanelWeights> {
    await this.ready(task);
    const source = await weightsSource(choice);
    const name = choiceName(choice);
    const chosen =
      settled ?? (choice.kind === 'file' ? await this.readings.chosenOf(choice.file) : undefined);
    const weightsId = this.ids.renew(documentId, choice);
    const params = { documentId, source, weightsId, ...(chosen && { chosen }) };
    const info = await this.engine
      .call('loadWeights', params, { signal: task.signal, onProgress: task.report })
      .catch((error: unknown) => {
        // A file that does not fit leaves the engine as it was; after anything else nobody knows what it holds.
        if (!isOf('WeightsError', error)) this.loadedId = undefined;
        throw labelled(name, error);
      });
    this.loadedId = weightsId;
    this.loadedNetwork = this.documents.get(info.documentId).network;
    return { ...info, ...aboutChoice(choice) };
  }

  /** Starts the engine, each process of which is sent every document once: a file of weights may be for any of them. */
  private async ready({ report }: TaskContext): Promise<void> {
    report({ what: 'starting the engine', fraction: 0 });
    await this.engine.start();
    for (const document of this.documents.all) {
      // A model's file may have been read anew.
      if (this.sent.get(document.id) === document) continue;
      await this.engine.call('openDocument', { document });
      this.sent.set(document.id, document);
    }
  }

  private forget(documentId: string): void {
    this.choices.delete(documentId);
    this.infos.delete(documentId);
    this.restored.delete(documentId);
    this.changed.fire();
  }
}

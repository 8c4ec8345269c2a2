import { window } from 'vscode';
import type { PanelWeights } from '../../protocol/panelProtocol';
import { CancelledError } from '../../protocol/rpc';
import { describeError } from '../../host/errors';
import { megabytes } from '../../host/download/megabytes';
import { log } from '../say/log';
import type { Session } from '../../host/session/session';
import { unawaited } from '../say/unawaited';
import type { WeightsChoice } from '../../host/weights/weightsChoice';
import { randomChoice } from '../../host/weights/weightsChoice';
import type { CatalogueEntry } from '../../library/catalogue';
import { obtainWeights } from './obtainWeights';
import { pickWeights } from './pickWeights';
import { weightsItems } from '../../host/weights/weightsItems';
import type { WeightsStore } from '../../host/weights/weightsStore';
import { entryDetail, offerWords } from '../../host/weights/weightsWords';

interface ChooserOptions {
  readonly session: Session;
  readonly store: WeightsStore;
  readonly catalogue: () => readonly CatalogueEntry[];
  /** Loads with progress and says what went wrong; undefined where something did. */
  readonly load: (choice: WeightsChoice) => Promise<PanelWeights | undefined>;
  readonly loadFile: () => Promise<unknown>;
  /** Shows what the new weights make of a picture that untrained ones were asked about. */
  readonly reclassify: () => Promise<unknown>;
}

/** What a person does about weights: chooses, downloads, removes, and is offered trained ones. */
export class WeightsChooser {
  private readonly ended = new AbortController();
  private wasOffered = false;
  private wanted: CatalogueEntry | undefined;

  constructor(private readonly options: ChooserOptions) {}

  /** Lets the person choose, or takes the set of this id. */
  async choose(id?: string): Promise<PanelWeights | undefined> {
    const { session, store, load } = this.options;
    const entries = this.options.catalogue();
    if (id !== undefined) return await this.use(this.entry(id));
    const items = () =>
      weightsItems({
        document: session.document,
        weights: session.weights,
        entries,
        isDownloaded: (entry) => store.has(entry),
      });
    const item = await pickWeights(items, (entry) => this.removeEntry(entry));
    if (item?.kind === 'random') return await load(randomChoice);
    if (item?.kind === 'published') return await this.use(item.entry);
    if (item?.kind === 'file') await this.options.loadFile();
    return undefined;
  }

  /** Shows which sets take space, and removes those that the person picks. */
  async remove(): Promise<void> {
    const { store, catalogue } = this.options;
    const sizes = await Promise.all(
      catalogue().map(async (entry) => ({ entry, bytes: await store.bytes(entry) })),
    );
    const items = sizes
      .filter(({ bytes }) => bytes > 0)
      .map(({ entry, bytes }) => ({
        entry,
        label: entry.name,
        description: store.has(entry) ? megabytes(bytes) : `${megabytes(bytes)}, unfinished`,
        detail: entryDetail(entry),
      }));
    if (items.length === 0) {
      this.say('No weights are downloaded.');
      return;
    }
    const title = 'Remove Downloaded Weights';
    const picked = await window.showQuickPick(items, { title, canPickMany: true });
    for (const { entry } of picked ?? []) await this.removeEntry(entry);
  }

  /** What a button says that loads trained weights. */
  get offerLabel(): string {
    const entry = this.offered;
    return entry ? offerWords(entry, this.options.store.has(entry)) : 'Load weights…';
  }

  /** Offers trained weights, once in a window; what is downloaded, the person decides later still. */
  offer(reason = 'Labels mean nothing with untrained weights.'): void {
    const entry = this.offered;
    if (this.wasOffered || !entry) return;
    this.wasOffered = true;
    unawaited(
      window
        .showInformationMessage(`${reason} ${this.offerLabel}: ${entry.name}?`, 'Load', 'Not Now')
        .then(async (answer) => {
          if (answer === 'Load') await this.loadOffered();
        }),
    );
  }

  /** A set that was chosen before and is not there is what is offered from now on. */
  offerWanted(entry: CatalogueEntry): void {
    this.wanted = entry;
    this.offer(`${entry.name} was chosen and is not downloaded.`);
  }

  async loadOffered(): Promise<void> {
    const entry = this.offered;
    if (entry && (await this.use(entry))) await this.options.reclassify();
  }

  has(entry: CatalogueEntry): boolean {
    return this.options.store.has(entry);
  }

  /** Takes up a choice without asking for anything; false where the set would have to be downloaded first. */
  restore(entry: CatalogueEntry): boolean {
    const { session, store } = this.options;
    if (!store.has(entry)) return false;
    session.restoreWeights(entry.documentId, this.choiceOf(entry));
    return true;
  }

  dispose(): void {
    this.ended.abort(new CancelledError());
  }

  private get offered(): CatalogueEntry | undefined {
    return this.wanted ?? this.options.catalogue()[0];
  }

  private async use(entry: CatalogueEntry): Promise<PanelWeights | undefined> {
    const { store, load, loadFile } = this.options;
    if (!(await obtainWeights(entry, { store, ended: this.ended.signal, loadFile })))
      return undefined;
    return await load(this.choiceOf(entry));
  }

  private async removeEntry(entry: CatalogueEntry): Promise<void> {
    const { store, session } = this.options;
    try {
      const bytes = await store.bytes(entry);
      await store.remove(entry);
      session.dropWeights((choice) => choice.kind === 'published' && choice.entry.id === entry.id);
      this.say(`${entry.name} was removed: ${megabytes(bytes)} are free again.`);
    } catch (error) {
      const sentence = describeError(error);
      log.error(sentence);
      unawaited(window.showErrorMessage(sentence));
    }
  }

  private choiceOf(entry: CatalogueEntry): WeightsChoice {
    return { kind: 'published', entry, path: this.options.store.path(entry) };
  }

  private entry(id: string): CatalogueEntry {
    const entries = this.options.catalogue();
    const entry = entries.find((known) => known.id === id);
    if (entry) return entry;
    const ids = entries.map((known) => known.id).join(', ');
    throw new Error(`there are no published weights "${id}"; there are ${ids}`);
  }

  /** Not waited for: a command ends when its work does. */
  private say(sentence: string): void {
    log.info(sentence);
    unawaited(window.showInformationMessage(sentence));
  }
}

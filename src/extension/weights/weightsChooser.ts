import { window } from 'vscode';
import type { PanelWeights } from '../../protocol/panelProtocol';
import { CancelledError } from '../../protocol/rpc';
import { describeError } from '../../host/errors';
import { Emitter } from '../../host/emitter';
import type { StoredSet } from '../../host/sidebar/weightsRows';
import { askConsent } from '../say/progress';
import { megabytes } from '../../host/download/megabytes';
import { log } from '../say/log';
import type { Session } from '../../host/session/session';
import { unawaited } from '../say/unawaited';
import type { WeightsChoice } from '../../host/weights/weightsChoice';
import { randomChoice } from '../../host/weights/weightsChoice';
import type { CommandKeys } from '../../host/commandKeys';
import type { CatalogueEntry } from '../../library/catalogue';
import { obtainWeights } from './obtainWeights';
import { pickWeights } from './pickWeights';
import { weightsItems } from '../../host/weights/weightsItems';
import type { WeightsStore } from '../../host/weights/weightsStore';
import { offeredSet, type OfferMemory } from '../../host/weights/weightsOffer';
import {
  entryDetail,
  offerQuestion,
  offerWords,
  type WeightsOffer,
} from '../../host/weights/weightsWords';

interface ChooserOptions {
  readonly session: Session;
  readonly store: WeightsStore;
  readonly catalogue: () => readonly CatalogueEntry[];
  /** Loads with progress and says what went wrong; undefined where something did. */
  readonly load: (choice: WeightsChoice) => Promise<PanelWeights | undefined>;
  readonly loadFile: () => Promise<unknown>;
  /** Shows what the new weights make of a picture that untrained ones were asked about. */
  readonly reclassify: () => Promise<unknown>;
  readonly offers: OfferMemory;
  /** Whether a person sees the panel, which offers weights where they are missing. */
  readonly isPanelVisible: () => boolean;
  /** Told whether anything is downloaded. */
  readonly onDownloads: (downloads: CommandKeys['alexnet.downloads']) => void;
}

/** What a person does about weights: chooses, downloads, removes, and is offered trained ones. */
export class WeightsChooser {
  private readonly ended = new AbortController();
  private wanted: CatalogueEntry | undefined;
  private readonly stored = new Emitter<void>();

  /** What lies on the disk is other than before. */
  readonly onDidChangeSets = this.stored.event;

  constructor(private readonly options: ChooserOptions) {
    this.look();
  }

  /** Lets the person choose, or takes the set of this id. */
  async choose(id?: string): Promise<PanelWeights | undefined> {
    const { session, store, load } = this.options;
    const entries = this.options.catalogue();
    if (id !== undefined) return await this.use(this.entry(id));
    const standard = session.standardWeights(session.documentId);
    const learned = standard.kind === 'file' ? standard.learned : undefined;
    const { weightsChoice: choice } = session;
    const { answers } = session.readings;
    const ownFile = standard.kind === 'file' && standard.isModel ? standard.file.name : undefined;
    const items = () =>
      weightsItems({
        document: session.document,
        weights: session.weights,
        learned,
        isAnswered: choice.kind === 'file' && answers.has(choice.file.uri),
        ownFile,
        entries,
        isDownloaded: (entry) => store.has(entry),
      });
    const item = await pickWeights(items, (entry) => this.removeEntry(entry));
    if (item?.kind === 'random') return await load(randomChoice);
    if (item?.kind === 'learned' || item?.kind === 'own') return await load(standard);
    if (item?.kind === 'published') return await this.use(item.entry);
    if (item?.kind === 'file') await this.options.loadFile();
    if (item?.kind !== 'again' || choice.kind !== 'file') return undefined;
    await answers.forget(choice.file.uri);
    return await load(choice);
  }

  /** Shows which sets take space, and removes those that the person picks. */
  async remove(): Promise<void> {
    const items = (await this.sets())
      .filter(({ bytes }) => bytes > 0)
      .map(({ entry, bytes, isDownloaded }) => ({
        entry,
        label: entry.name,
        description: isDownloaded ? megabytes(bytes) : `${megabytes(bytes)}, unfinished`,
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

  /** Removes one set, once the person agreed. */
  async removeOne(id: string): Promise<void> {
    const entry = this.entry(id);
    const bytes = await this.options.store.bytes(entry);
    const question = `Remove the download of ${entry.name}?`;
    const detail = `${megabytes(bytes)} are free then. It can be downloaded again.`;
    if (await askConsent({ question, detail, yes: 'Remove' })) await this.removeEntry(entry);
  }

  /** Every set of the catalogue, and what of it is here. */
  sets(): Promise<readonly StoredSet[]> {
    const { store, catalogue } = this.options;
    return Promise.all(
      catalogue().map(async (entry) => ({
        entry,
        bytes: await store.bytes(entry),
        isDownloaded: store.has(entry),
      })),
    );
  }

  /** What a button says that loads trained weights. */
  get offerLabel(): string {
    const entry = this.offered;
    return entry ? offerWords(this.offerOf(entry)) : 'Choose weights…';
  }

  /** Offers trained weights where a person does not see the panel, which does so itself. */
  offer(reason = 'Labels mean nothing with untrained weights.'): void {
    const { isPanelVisible, offers } = this.options;
    const entry = this.offered;
    if (entry && !isPanelVisible() && offers.mayCome()) this.showOffer(entry, reason);
  }

  /** A set that was chosen before and is not there is what is offered from now on; `now` where the person has just chosen it. */
  offerWanted(entry: CatalogueEntry, { now = false } = {}): void {
    this.wanted = entry;
    const reason = `${entry.name} was chosen and is not downloaded.`;
    if (!now) this.offer(reason);
    else if (!this.options.offers.hasDeclined(entry)) this.showOffer(entry, reason);
  }

  async loadOffered(): Promise<void> {
    const entry = this.offered;
    if (entry) await this.useAndShow(entry);
    else await this.choose();
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
    this.stored.dispose();
  }

  private get offered(): CatalogueEntry | undefined {
    const { session, store, catalogue } = this.options;
    return offeredSet({
      documentId: session.documentId,
      entries: catalogue(),
      isDownloaded: (entry) => store.has(entry),
      wanted: this.wanted,
      known: session.weights.published?.classes,
    });
  }

  private offerOf(entry: CatalogueEntry): WeightsOffer {
    const { shown, next } = this.networksOf(entry);
    const network = shown === next ? undefined : next;
    return { entry, isDownloaded: this.has(entry), network };
  }

  private showOffer(entry: CatalogueEntry, reason: string): void {
    const question = `${reason} ${offerQuestion(this.offerOf(entry))}`;
    unawaited(
      window.showInformationMessage(question, 'Load', 'Not Now').then(async (answer) => {
        if (answer === 'Load') await this.useAndShow(entry);
        if (answer === 'Not Now') await this.options.offers.decline(entry);
      }),
    );
  }

  private async useAndShow(entry: CatalogueEntry, isAgreed = false): Promise<void> {
    if (await this.use(entry, isAgreed)) await this.options.reclassify();
  }

  private async use(entry: CatalogueEntry, isAgreed = false): Promise<PanelWeights | undefined> {
    const { store, load, loadFile } = this.options;
    const isThere = await obtainWeights(entry, {
      store,
      ended: this.ended.signal,
      networks: this.networksOf(entry),
      isAgreed,
      loadFile,
      tryAgain: () => this.useAndShow(entry, true),
    });
    this.look();
    return isThere ? await load(this.choiceOf(entry)) : undefined;
  }

  private look(): void {
    const { store, catalogue, onDownloads } = this.options;
    onDownloads(catalogue().some((entry) => store.hasPart(entry)) ? 'some' : 'none');
    this.stored.fire();
  }

  private networksOf({ documentId }: CatalogueEntry) {
    const { session } = this.options;
    const next = session.documents.get(documentId).title;
    return { shown: session.document.title, next };
  }

  private async removeEntry(entry: CatalogueEntry): Promise<void> {
    const { store, session } = this.options;
    try {
      const bytes = await store.bytes(entry);
      await store.remove(entry);
      this.look();
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

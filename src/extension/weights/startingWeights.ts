import type { ConfigurationChangeEvent } from 'vscode';
import { Uri, workspace } from 'vscode';
import { fileRef } from '../files/fileRef';
import type { PanelWeights } from '../../protocol/panelProtocol';
import { log } from '../say/log';
import type { Session } from '../../host/session/session';
import type { WeightsChoice } from '../../host/weights/weightsChoice';
import { randomChoice } from '../../host/weights/weightsChoice';
import type { CatalogueEntry } from '../../library/catalogue';
import type { RememberedWeights, WeightsMemory } from '../../host/weights/weightsMemory';
import type { WeightsChooser } from './weightsChooser';
import type { WantedWeights } from '../../host/weights/weightsMemory';
import { wantedWeights } from '../../host/weights/weightsMemory';

interface StartingOptions {
  readonly session: Session;
  readonly chooser: WeightsChooser;
  readonly memory: WeightsMemory;
  readonly catalogue: () => readonly CatalogueEntry[];
  readonly load: (
    choice: WeightsChoice,
    options?: { mayAsk: boolean },
  ) => Promise<PanelWeights | undefined>;
  /** Whether the person chose the document that is shown, in the panel or by a setting. */
  readonly isDocumentChosen: boolean;
}

/** Takes up the weights of the last time, else those of the setting. Nothing is downloaded: what is missing is offered. */
export function startWithWeights(options: StartingOptions): void {
  const { memory, session, catalogue } = options;
  const kept = memory.all();
  if (!kept) {
    takeSetting(options);
    return;
  }
  // Networks of which nothing is kept follow the setting all the same.
  if (readSetting(catalogue()).kind === 'random') startRandom(session);
  restoreKept(options);
}

/** Takes up the weights that were chosen for documents of this workspace, as far as there are any. */
export function restoreKept(options: Omit<StartingOptions, 'isDocumentChosen' | 'load'>): void {
  const { memory, session } = options;
  for (const [documentId, one] of memory.all() ?? []) {
    if (session.documents.has(documentId)) restore(documentId, one, options);
  }
}

/** Has networks that weights ship for begin with random ones. */
function startRandom(session: Session): void {
  const shipped = session.documents.all.filter(
    ({ id }) => session.standardWeights(id).kind === 'published',
  );
  for (const { id } of shipped) session.restoreWeights(id, randomChoice);
}

/** A setting that the person has just changed counts at once. */
export async function followSetting(
  event: ConfigurationChangeEvent,
  options: Omit<StartingOptions, 'isDocumentChosen'>,
): Promise<void> {
  const { memory, catalogue, chooser, load } = options;
  if (!event.affectsConfiguration('alexnet.weights')) return;
  await memory.forget();
  const wanted = readSetting(catalogue());
  const { session } = options;
  if (wanted.kind === 'random') await load(randomChoice);
  else if (wanted.kind === 'shipped') await load(session.standardWeights(session.documentId));
  else if (wanted.kind === 'file') await load(fileChoice(wanted.path));
  else {
    const entry = catalogue().find(({ id }) => id === wanted.id);
    if (!entry) return;
    if (chooser.has(entry)) await chooser.choose(entry.id);
    else chooser.offerWanted(entry, { now: true });
  }
}

function restore(
  documentId: string,
  one: RememberedWeights,
  options: Omit<StartingOptions, 'isDocumentChosen' | 'load'>,
): void {
  const { chooser, session, catalogue } = options;
  const standard = session.standardWeights(documentId);
  if (one.kind === 'file' && standard.kind === 'file' && standard.file.uri === one.uri) return;
  if (one.kind === 'random') session.restoreWeights(documentId, randomChoice);
  if (one.kind === 'file')
    session.restoreWeights(documentId, { kind: 'file', file: fileRef(Uri.parse(one.uri)) });
  if (one.kind !== 'published') return;
  const entry = catalogue().find(({ id }) => id === one.id);
  if (!entry || chooser.restore(entry)) return;
  if (documentId === session.documentId) chooser.offerWanted(entry);
}

function takeSetting(options: StartingOptions): void {
  const { chooser, session, catalogue, load, isDocumentChosen } = options;
  const wanted = readSetting(catalogue());
  if (wanted.kind === 'random') startRandom(session);
  else if (wanted.kind === 'file') {
    // Nobody asked for it just now.
    load(fileChoice(wanted.path), { mayAsk: false }).catch((error: unknown) =>
      log.error(String(error)),
    );
  } else if (wanted.kind === 'published') {
    const entry = catalogue().find(({ id }) => id === wanted.id);
    if (!entry) return;
    if (!chooser.restore(entry)) chooser.offerWanted(entry);
    else if (!isDocumentChosen) session.showDocument(entry.documentId);
  }
}

function readSetting(entries: readonly CatalogueEntry[]): WantedWeights {
  const settings = workspace.getConfiguration('alexnet');
  const own = settings.inspect('weights')?.globalValue;
  const wanted = wantedWeights(
    settings.get('weights'),
    own,
    entries.map(({ id }) => id),
  );
  if (!('why' in wanted)) return wanted;
  log.warn(wanted.why);
  return { kind: 'shipped' };
}

function fileChoice(path: string): WeightsChoice {
  return { kind: 'file', file: fileRef(Uri.file(path)) };
}

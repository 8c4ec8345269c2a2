import type { ConfigurationChangeEvent, ExtensionContext } from 'vscode';
import { Uri, workspace, ExtensionMode } from 'vscode';
import type { Session } from '../../host/session/session';
import { standardChoices, type WeightsChoice } from '../../host/weights/weightsChoice';
import type { CatalogueEntry } from '../../library/catalogue';
import { followSetting, restoreKept, startWithWeights } from './startingWeights';
import type { WeightsActions } from './weightsActions';
import { WeightsChooser } from './weightsChooser';
import { WeightsMemory } from '../../host/weights/weightsMemory';
import { OfferMemory } from '../../host/weights/weightsOffer';
import { WeightsStore } from '../../host/weights/weightsStore';
import type { TrainedStore } from '../../host/train/trainedStore';
import { readFileSync } from 'node:fs';
import { catalogue } from '../../library/catalogue';

interface WeightsContext {
  readonly context: ExtensionContext;
  readonly store: WeightsStore;
  readonly session: Session;
  /** Who loads weights, shows what they make of the picture, and knows whether a person sees it. */
  readonly inspector: () => {
    readonly weights: Pick<WeightsActions, 'load' | 'loadChosen'>;
    readonly panel: { readonly visible: boolean };
    reclassify(): Promise<unknown>;
  };
  readonly onDownloads: ConstructorParameters<typeof WeightsChooser>[0]['onDownloads'];
}

/** Downloaded sets and those that come with the extension. */
function weightsStore({
  globalStorageUri,
  extensionUri,
}: Pick<ExtensionContext, 'globalStorageUri' | 'extensionUri'>): WeightsStore {
  const folder = Uri.joinPath(globalStorageUri, 'weights').fsPath;
  return new WeightsStore(folder, Uri.joinPath(extensionUri, 'weights').fsPath);
}

/** The store of sets, and what each document begins with: what it learned here, or a set that comes with the extension. */
export function shippedWeights(context: ExtensionContext, trained: Pick<TrainedStore, 'choiceOf'>) {
  const store = weightsStore(context);
  const shipped = standardChoices(knownCatalogue(context), (entry) => store.path(entry));
  return { store, standard: (id: string) => trained.choiceOf(id) ?? shipped(id) };
}

/** The choice of weights: what is offered, kept in storage, and remembered. */
export function createWeights({ context, inspector, ...rest }: WeightsContext) {
  const { workspaceState } = context;
  const { session } = rest;
  const load = (choice: WeightsChoice, options?: { mayAsk: boolean }) =>
    inspector().weights.load(choice, options);
  const catalogue = (): readonly CatalogueEntry[] => knownCatalogue(context);
  const chooser = new WeightsChooser({
    ...rest,
    catalogue,
    load,
    loadFile: () => inspector().weights.loadChosen(),
    reclassify: () => inspector().reclassify(),
    isPanelVisible: () => inspector().panel.visible,
    offers: new OfferMemory(workspaceState),
  });
  const memory = new WeightsMemory(workspaceState);
  const options = { session, chooser, memory, catalogue, load };
  return {
    chooser,
    remember: (documentId: string, choice: WeightsChoice) => memory.keep(documentId, choice),
    /** `documentId` is what the person chose in this workspace, if that is known. */
    start: (documentId: string | undefined): void =>
      startWithWeights({
        ...options,
        isDocumentChosen: documentId !== undefined || isDocumentSet(),
      }),
    /** Takes up what was chosen before for the documents that there are. */
    restore: (): void => restoreKept(options),
    follow: (event: ConfigurationChangeEvent) => followSetting(event, options),
  };
}

/** Whether a setting asks for a document, rather than nobody. */
function isDocumentSet(): boolean {
  const set = workspace.getConfiguration('alexnet').inspect('variant');
  return [set?.globalValue, set?.workspaceValue, set?.workspaceFolderValue].some(
    (value) => value !== undefined,
  );
}

/** The catalogue; in VS Code's own test mode, and nowhere else, the tests may name one of theirs. */
export function knownCatalogue({
  extensionMode,
}: Pick<ExtensionContext, 'extensionMode'>): readonly CatalogueEntry[] {
  const path = process.env['ALEXNET_TEST_CATALOGUE'];
  if (extensionMode !== ExtensionMode.Test || path === undefined) return catalogue;
  return JSON.parse(readFileSync(path, 'utf8')) as readonly CatalogueEntry[];
}

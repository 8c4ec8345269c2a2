import type { ConfigurationChangeEvent, ExtensionContext } from 'vscode';
import { Uri, workspace, ExtensionMode } from 'vscode';
import type { PanelWeights } from '../../protocol/panelProtocol';
import type { Session } from '../../host/session/session';
import type { WeightsChoice } from '../../host/weights/weightsChoice';
import type { CatalogueEntry } from '../../library/catalogue';
import { followSetting, startWithWeights } from './startingWeights';
import { WeightsChooser } from './weightsChooser';
import { WeightsMemory } from '../../host/weights/weightsMemory';
import { WeightsStore } from '../../host/weights/weightsStore';
import { readFileSync } from 'node:fs';
import { catalogue } from '../../library/catalogue';

interface WeightsContext {
  readonly context: ExtensionContext;
  readonly session: Session;
  /** Loads with progress and says what went wrong; undefined where something did. */
  readonly load: (choice: WeightsChoice) => Promise<PanelWeights | undefined>;
  readonly loadFile: () => Promise<unknown>;
  readonly reclassify: () => Promise<unknown>;
}

/** The choice of weights: what is offered, kept in storage, and remembered. */
export function createWeights({ context, session, load, loadFile, reclassify }: WeightsContext) {
  const { globalStorageUri, workspaceState } = context;
  const catalogue = (): readonly CatalogueEntry[] => knownCatalogue(context);
  const chooser = new WeightsChooser({
    session,
    store: new WeightsStore(Uri.joinPath(globalStorageUri, 'weights').fsPath),
    catalogue,
    load,
    loadFile,
    reclassify,
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

import type { ConfigurationChangeEvent, ExtensionContext } from 'vscode';
import { Uri, workspace } from 'vscode';
import type { VariantId } from '../../library/variant';
import type { Inspector } from '../inspector';
import type { Session } from '../session';
import type { WeightsChoice } from '../weightsChoice';
import type { CatalogueEntry } from '../../library/catalogue';
import { knownCatalogue } from './knownCatalogue';
import { followSetting, startWithWeights } from './startingWeights';
import { WeightsChooser } from './weightsChooser';
import { WeightsMemory } from './weightsMemory';
import { WeightsStore } from './weightsStore';

interface WeightsContext {
  readonly context: ExtensionContext;
  readonly session: Session;
  /** It loads what is chosen; asked for only then, as it needs the choice itself. */
  readonly inspector: () => Inspector;
}

/** The choice of weights: what is offered, kept in storage, and remembered. */
export function createWeights({ context, session, inspector }: WeightsContext) {
  const { globalStorageUri, workspaceState } = context;
  const catalogue = (): readonly CatalogueEntry[] => knownCatalogue(context);
  const load = (choice: WeightsChoice) => inspector().loadWeights(choice);
  const chooser = new WeightsChooser({
    session,
    store: new WeightsStore(Uri.joinPath(globalStorageUri, 'weights').fsPath),
    catalogue,
    load,
    loadFile: () => inspector().loadChosenWeights(),
    reclassify: () => inspector().reclassify(),
  });
  const memory = new WeightsMemory(workspaceState);
  const options = { session, chooser, memory, catalogue, load };
  return {
    chooser,
    remember: (variant: VariantId, choice: WeightsChoice) => memory.keep(variant, choice),
    /** `variant` is what the person chose in this workspace, if that is known. */
    start: (variant: VariantId | undefined): void =>
      startWithWeights({ ...options, isVariantChosen: variant !== undefined || isVariantSet() }),
    follow: (event: ConfigurationChangeEvent) => followSetting(event, options),
  };
}

/** Whether a setting asks for a variant, rather than nobody. */
function isVariantSet(): boolean {
  const set = workspace.getConfiguration('alexnet').inspect('variant');
  return [set?.globalValue, set?.workspaceValue, set?.workspaceFolderValue].some(
    (value) => value !== undefined,
  );
}

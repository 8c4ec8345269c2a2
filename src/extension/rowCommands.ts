import type { Inspector } from './inspector';
import { randomChoice } from '../host/weights/weightsChoice';
import type { Sidebar } from './sidebar/sidebar';
import { openWalkthrough } from './sidebar/walkthrough';
import type { WeightsChooser } from './weights/weightsChooser';

interface RowContext {
  readonly inspector: Pick<Inspector, 'selectDocument' | 'weights'>;
  readonly chooser: Pick<WeightsChooser, 'choose' | 'removeOne'>;
  readonly sidebar: Pick<Sidebar, 'recent' | 'milestones'>;
}

/** What the rows and titles of the side bar can do; VS Code hands over the row. */
export function rowCommands({ inspector, chooser, sidebar }: RowContext) {
  const { recent, milestones } = sidebar;
  return {
    'alexnet.getStarted': async () => {
      await openWalkthrough();
      milestones.tellAgain();
    },
    'alexnet.useSet': (row: unknown) => chooser.choose(setOf(row)),
    'alexnet.downloadSet': (row: unknown) => chooser.choose(setOf(row)),
    'alexnet.useRandomSet': (documentId: unknown) => {
      inspector.selectDocument(documentId);
      return inspector.weights.load(randomChoice);
    },
    'alexnet.removeSet': (row: unknown) => chooser.removeOne(setOf(row)),
    'alexnet.forgetPicture': (row: unknown) => recent.forget(pictureOf(row)),
    'alexnet.clearRecentPictures': () => recent.clear(),
  };
}

function setOf(row: unknown): string {
  const { entry } = (row ?? {}) as { readonly entry?: { readonly id?: unknown } };
  if (typeof entry?.id === 'string') return entry.id;
  throw new Error('choose a set of weights in the view Weights first');
}

function pictureOf(row: unknown): string {
  const { uri } = (row ?? {}) as { readonly uri?: unknown };
  if (typeof uri === 'string') return uri;
  throw new Error('choose a picture in the view Recent Pictures first');
}

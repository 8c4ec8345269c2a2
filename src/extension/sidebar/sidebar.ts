import type { Disposable, ExtensionContext, Memento } from 'vscode';
import { window, workspace } from 'vscode';
import type { EngineClient } from '../../host/engine/engineClient';
import type { Session } from '../../host/session/session';
import { Milestones } from '../../host/sidebar/milestones';
import { isGiven } from '../../host/pictures/givenPictures';
import { RecentPictures } from '../../host/sidebar/recentPictures';
import type { ContextKeys } from '../say/contextKeys';
import { unawaited } from '../say/unawaited';
import type { WeightsChooser } from '../weights/weightsChooser';
import { NetworksView } from './networksView';
import { RecentPicturesView } from './recentPicturesView';
import { StatusItem } from './statusItem';
import { WeightsView } from './weightsView';

interface SidebarOptions {
  readonly context: Pick<ExtensionContext, 'workspaceState'>;
  readonly session: Session;
  readonly engine: EngineClient;
  readonly keys: ContextKeys;
  readonly chooser: WeightsChooser;
}

/** Where the pictures are kept that were classified in this workspace. */
const recentKey = 'alexnet.recentPictures';

/** What is there without the panel: the views of the activity bar, the line in the status bar, the walkthrough. */
export interface Sidebar extends Disposable {
  readonly recent: RecentPictures;
  readonly status: StatusItem;
  readonly milestones: Milestones;
}

export function createSidebar({ context, ...options }: SidebarOptions): Sidebar {
  const { session, engine, keys, chooser } = options;
  const { workspaceState } = context;
  const recent = recentPictures(session, workspaceState);
  const status = new StatusItem({ session, engine, workspaceState });
  const milestones = new Milestones(session, (step) => {
    keys.set({ 'alexnet.step': step });
    keys.set({ 'alexnet.step': 'none' });
  });
  const owned: readonly Disposable[] = [
    ...listNetworks(session),
    ...listWeights(session, chooser),
    ...listPictures(recent),
    recent,
    status,
    milestones,
    session.onDidChange(() => status.refresh()),
    engine.onDidChange(() => {
      status.refresh();
      status.used();
    }),
  ];
  const dispose = (): void => owned.forEach((each) => void each.dispose());
  return { recent, status, milestones, dispose };
}

function recentPictures(session: Session, workspaceState: Memento): RecentPictures {
  const recent = new RecentPictures({
    kept: workspaceState.get(recentKey),
    keep: (pictures) => unawaited(workspaceState.update(recentKey, pictures)),
    lasts: (uri) => !isGiven(uri),
  });
  session.onDidClassify((outcome) => recent.note(outcome));
  return recent;
}

function listNetworks(session: Session): readonly Disposable[] {
  const view = new NetworksView(session);
  return [
    view,
    window.registerTreeDataProvider('alexnet.networks', view),
    session.onDidChange(() => view.refresh()),
    session.documents.onDidChange(() => view.refresh()),
  ];
}

function listWeights(session: Session, chooser: WeightsChooser): readonly Disposable[] {
  const view = new WeightsView({ session, sets: () => chooser.sets() });
  const tree = window.createTreeView('alexnet.weights', { treeDataProvider: view });
  let shown = session.documentId;
  /** The weights of the shown network lie open. */
  const unfold = (): void => {
    if (shown === session.documentId) return;
    shown = session.documentId;
    const group = tree.visible ? view.group(shown) : undefined;
    if (group) unawaited(tree.reveal(group, { expand: true, select: false, focus: false }));
  };
  return [
    view,
    tree,
    session.onDidChange(() => {
      view.refresh();
      unfold();
    }),
    session.documents.onDidChange(() => view.refresh()),
    chooser.onDidChangeSets(() => view.refresh()),
  ];
}

function listPictures(recent: RecentPictures): readonly Disposable[] {
  const view = new RecentPicturesView(recent);
  const tree = window.createTreeView('alexnet.recentPictures', { treeDataProvider: view });
  const refresh = (): void => view.refresh();
  return [
    view,
    tree,
    recent.onDidChange(refresh),
    // What was deleted or came back meanwhile.
    tree.onDidChangeVisibility(refresh),
    workspace.onDidDeleteFiles(refresh),
    workspace.onDidRenameFiles(refresh),
    workspace.onDidCreateFiles(refresh),
  ];
}

import type { QuickPickItem } from 'vscode';
import { window } from 'vscode';
import { megabytes } from '../../host/download/megabytes';
import { describeError } from '../../host/errors';
import { layersFrom, type ModelDocument } from '../../network/modelDocument';
import type { Session } from '../../host/session/session';
import type { TrainedNetwork, TrainedStore } from '../../host/train/trainedStore';
import { learnedWords } from '../../protocol/trainingWords';
import { log } from '../say/log';
import { unawaited } from '../say/unawaited';

interface RemovableItem extends QuickPickItem {
  readonly remove: () => Promise<void>;
}

/** Shows the networks that were trained here or that files of weights brought, and removes those that the person picks. */
export async function removeTrained(store: TrainedStore, session: Session): Promise<void> {
  const trained = await Promise.all(
    store.list().map((network) => trainedItem(network, store, session)),
  );
  const items = [...trained, ...fileItems(session)];
  if (items.length === 0) {
    unawaited(window.showInformationMessage('No network was trained here.'));
    return;
  }
  const title = 'Remove Trained Network: what it learned is gone then';
  const picked = await window.showQuickPick(items, { title, canPickMany: true });
  for (const { remove } of picked ?? []) {
    try {
      await remove();
    } catch (error) {
      const sentence = describeError(error);
      log.error(sentence);
      unawaited(window.showErrorMessage(sentence));
    }
  }
}

async function trainedItem(
  { document, learned }: TrainedNetwork,
  store: TrainedStore,
  session: Session,
): Promise<RemovableItem> {
  const { id } = document;
  return {
    label: document.title,
    description: megabytes(await store.bytes(id)),
    detail: learnedWords(learned),
    remove: async () => {
      const choice = store.choiceOf(id);
      await store.remove(id);
      leave(document, session);
      session.dropWeights((chosen) => chosen === choice);
      session.documents.remove(id);
    },
  };
}

/** The file itself stays. */
function fileItems(session: Session): readonly RemovableItem[] {
  const { networks } = session.readings;
  return networks.list().map((document) => ({
    label: document.title,
    description: 'the file stays',
    detail: document.description,
    remove: async () => {
      const choice = session.weightsChoiceOf(document.id);
      await networks.forget(document.id);
      leave(document, session);
      session.dropWeights((chosen) => chosen === choice && chosen.kind === 'file');
      session.documents.remove(document.id);
    },
  }));
}

/** Shows the network that has the same layers instead. */
function leave(document: ModelDocument, session: Session): void {
  if (session.documentId === document.id) session.showDocument(layersFrom(document));
}

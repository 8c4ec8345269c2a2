import { window } from 'vscode';
import { megabytes } from '../../host/download/megabytes';
import { describeError } from '../../host/errors';
import type { Session } from '../../host/session/session';
import type { TrainedNetwork, TrainedStore } from '../../host/train/trainedStore';
import { learnedWords } from '../../protocol/trainingWords';
import { log } from '../say/log';
import { unawaited } from '../say/unawaited';

/** Shows the networks that were trained here, and removes those that the person picks. */
export async function removeTrained(store: TrainedStore, session: Session): Promise<void> {
  const items = await Promise.all(
    store.list().map(async (network) => ({
      network,
      label: network.document.title,
      description: megabytes(await store.bytes(network.document.id)),
      detail: learnedWords(network.learned),
    })),
  );
  if (items.length === 0) {
    unawaited(window.showInformationMessage('No network was trained here.'));
    return;
  }
  const title = 'Remove Trained Network: what it learned is gone then';
  const picked = await window.showQuickPick(items, { title, canPickMany: true });
  for (const { network } of picked ?? []) {
    try {
      await removeOne(network, store, session);
    } catch (error) {
      const sentence = describeError(error);
      log.error(sentence);
      unawaited(window.showErrorMessage(sentence));
    }
  }
}

async function removeOne(
  { document: { id, origin } }: TrainedNetwork,
  store: TrainedStore,
  session: Session,
): Promise<void> {
  const choice = store.choiceOf(id);
  await store.remove(id);
  if (session.documentId === id && origin.kind === 'trained') session.showDocument(origin.base);
  session.dropWeights((chosen) => chosen === choice);
  session.documents.remove(id);
}

import { window, workspace } from 'vscode';
import { log } from './log';
import { unawaited } from './unawaited';
import type { Uri } from 'vscode';
import type { ModelDocument } from '../../network/modelDocument';

/** Shows a sentence, with the log one click away. */
export function showError(sentence: string): void {
  unawaited(
    window.showErrorMessage(sentence, 'Show Log').then((choice) => {
      if (choice) log.show();
    }),
  );
}

/** Tells a person where the weights went: the dialogue is long closed by then. */
export function showSaved(uri: Uri, tensors: number): void {
  const sentence = `Saved ${tensors} tensors to ${workspace.asRelativePath(uri)}.`;
  unawaited(window.showInformationMessage(sentence));
}

/** Tells a person that weights brought another network with them. */
export function showDocumentChange(weights: string, { title }: ModelDocument): void {
  const sentence = `${weights} holds weights for ${title}: that network is shown now.`;
  unawaited(window.showInformationMessage(sentence));
}

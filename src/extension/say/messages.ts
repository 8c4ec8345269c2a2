import { window, workspace } from 'vscode';
import { log } from './log';
import { unawaited } from './unawaited';
import type { Uri } from 'vscode';
import type { ModelDocument } from '../../network/modelDocument';

/** Shows a sentence with ways on, by what their buttons say; the log is the last of them. Nobody waits for the answer. */
export function showError(
  sentence: string,
  ways: Readonly<Record<string, () => unknown>> = {},
): void {
  const buttons = { ...ways, 'Show Log': () => log.show() };
  unawaited(
    window
      .showErrorMessage(sentence, ...Object.keys(buttons))
      .then(
        (pressed) => pressed !== undefined && new Map(Object.entries(buttons)).get(pressed)?.(),
      ),
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

/** Tells a person what a file of weights left open. */
export function showRemark(weights: string, remark: string): void {
  log.info(`weights: ${weights}: ${remark}`);
  unawaited(window.showInformationMessage(`${weights}: ${remark}`));
}

import { window, workspace } from 'vscode';
import { log } from './log';
import { unawaited } from './unawaited';
import type { Uri } from 'vscode';
import type { ModelDocument } from '../../network/modelDocument';

type Ways = Readonly<Record<string, () => unknown>>;

/** Shows a sentence with ways on, by what their buttons say; the log is the last of them. Nobody waits for the answer. */
export function showError(sentence: string, ways: Ways = {}): void {
  const buttons = { ...ways, 'Show Log': () => log.show() };
  unawaited(window.showErrorMessage(sentence, ...Object.keys(buttons)).then(taken(buttons)));
}

/** Goes the way whose button was pressed, if any. */
function taken(ways: Ways): (pressed: string | undefined) => unknown {
  return (pressed) => pressed !== undefined && new Map(Object.entries(ways)).get(pressed)?.();
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

/** Tells a person what a file of weights left open, with ways on. */
export function showRemark(weights: string, remark: string, ways: Ways): void {
  log.info(`weights: ${weights}: ${remark}`);
  const sentence = `${weights}: ${remark}`;
  unawaited(window.showInformationMessage(sentence, ...Object.keys(ways)).then(taken(ways)));
}

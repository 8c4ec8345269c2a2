import type { Uri } from 'vscode';
import { window, workspace } from 'vscode';
import { unawaited } from './unawaited';

/** Tells a person where the weights went: the dialogue is long closed by then. */
export function saySaved(uri: Uri, tensors: number): void {
  const sentence = `Saved ${tensors} tensors to ${workspace.asRelativePath(uri)}.`;
  unawaited(window.showInformationMessage(sentence));
}

import { window } from 'vscode';
import { log } from './log';
import { unawaited } from './unawaited';

/** Shows a sentence, with the log one click away. */
export function showError(sentence: string): void {
  unawaited(
    window.showErrorMessage(sentence, 'Show Log').then((choice) => {
      if (choice) log.show();
    }),
  );
}

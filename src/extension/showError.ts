import { window } from 'vscode';
import { log } from './log';

/** Shows a sentence, with the log one click away. */
export function showError(sentence: string): void {
  window.showErrorMessage(sentence, 'Show Log').then(
    (choice) => {
      if (choice) log.show();
    },
    (failure: unknown) => log.error(String(failure)),
  );
}

import { window } from 'vscode';
import { log } from './log';

/** Shows one sentence where there is no panel to show it. */
export function sayProblem(sentence: string): void {
  window.showErrorMessage(sentence, 'Show Log').then(
    (choice) => {
      if (choice) log.show();
    },
    (failure: unknown) => log.error(String(failure)),
  );
}

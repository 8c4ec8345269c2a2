import { CancellationTokenSource, window } from 'vscode';
import type { AskAboutFile, FileQuestion } from '../../host/weights/fileQuestion';

const words: Readonly<
  Record<FileQuestion['about'], (file: string) => { title: string; placeHolder: string }>
> = {
  set: (file) => ({
    title: `Which weights of ${file}?`,
    placeHolder: 'It holds several complete sets',
  }),
  network: (file) => ({
    title: `Which network is ${file} for?`,
    placeHolder: 'It fits several, and does not say how its own normalises',
  }),
};

/** Asks in a list, which the end of the work closes. */
export const askAboutFile: AskAboutFile = async ({ about, file, choices }, signal) => {
  const source = new CancellationTokenSource();
  const close = (): void => source.cancel();
  signal.addEventListener('abort', close);
  try {
    const options = { ...words[about](file), ignoreFocusOut: true, matchOnDetail: true };
    const picked = await window.showQuickPick([...choices], options, source.token);
    return picked?.id;
  } finally {
    signal.removeEventListener('abort', close);
    source.dispose();
  }
};

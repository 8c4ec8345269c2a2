import * as vscode from 'vscode';

/** What the extension says on screen, and what a person answers; nobody sits before a test. */
export interface Screen {
  readonly questions: { readonly text: string; readonly detail: string }[];
  readonly errors: string[];
  readonly news: string[];
  readonly warnings: string[];
  readonly progress: string[];
  /** The button that a person presses when asked. */
  answer: string | undefined;
  /** The person cancels when a notification of progress fits. */
  cancelAt: RegExp | undefined;
  restore(): void;
}

type Show = typeof vscode.window.showInformationMessage;

/** Puts itself in the place of VS Code's messages and progress until it is restored. */
export function watchScreen(): Screen {
  const { showInformationMessage, showErrorMessage, showWarningMessage, withProgress } =
    vscode.window;
  const screen: Screen = {
    questions: [],
    errors: [],
    news: [],
    warnings: [],
    progress: [],
    answer: undefined,
    cancelAt: undefined,
    restore: () =>
      Object.assign(vscode.window, {
        showInformationMessage,
        showErrorMessage,
        showWarningMessage,
        withProgress,
      }),
  };
  const into =
    (list: string[]): Show =>
    (text: string) => {
      list.push(text);
      return Promise.resolve(undefined);
    };
  Object.assign(vscode.window, {
    showErrorMessage: into(screen.errors),
    showWarningMessage: into(screen.warnings),
    showInformationMessage: (text: string, options?: vscode.MessageOptions) => {
      if (!options?.modal) return into(screen.news)(text);
      screen.questions.push({ text, detail: options.detail ?? '' });
      return Promise.resolve(screen.answer);
    },
    withProgress: watchedProgress(screen),
  });
  return screen;
}

function watchedProgress(screen: Screen): typeof vscode.window.withProgress {
  return async (_options, task) => {
    const source = new vscode.CancellationTokenSource();
    const report = ({ message = '' }: { message?: string }): void => {
      screen.progress.push(message);
      if (screen.cancelAt?.test(message)) source.cancel();
    };
    try {
      return await task({ report }, source.token);
    } finally {
      source.dispose();
    }
  };
}

import * as vscode from 'vscode';

/** What the extension says on screen, and what a person answers; nobody sits before a test. */
export interface Screen {
  readonly questions: { readonly text: string; readonly detail: string }[];
  readonly errors: string[];
  readonly news: string[];
  readonly warnings: string[];
  readonly progress: string[];
  /** The button that a person presses when asked, once `before` are pressed. */
  answer: string | undefined;
  /** Buttons that a person presses first, one at each question. */
  before: string[];
  /** Buttons that a person presses on errors and news that have them, each once. */
  presses: string[];
  /** The person cancels when a notification of progress fits. */
  cancelAt: RegExp | undefined;
  restore(): void;
}

type Show = (text: string, ...rest: unknown[]) => Promise<unknown>;

function isOptions(given: unknown): given is vscode.MessageOptions {
  return typeof given === 'object';
}

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
    before: [],
    presses: [],
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
    (text, ...buttons) => {
      list.push(text);
      const pressed = screen.presses.findIndex((each) => buttons.includes(each));
      return Promise.resolve(pressed < 0 ? undefined : screen.presses.splice(pressed, 1)[0]);
    };
  Object.assign(vscode.window, {
    showErrorMessage: into(screen.errors),
    showWarningMessage: into(screen.warnings),
    showInformationMessage: (text: string, ...rest: unknown[]) => {
      const [first] = rest;
      const { modal = false, detail = '' } = isOptions(first) ? first : {};
      if (!modal) return into(screen.news)(text, ...rest);
      screen.questions.push({ text, detail });
      return Promise.resolve(screen.before.shift() ?? screen.answer);
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

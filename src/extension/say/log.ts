import { window } from 'vscode';

/** The one log: View > Output > AlexNet Inspector. */
export const log = window.createOutputChannel('AlexNet Inspector', { log: true });

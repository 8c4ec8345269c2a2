import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { extensionApi, picture } from '../support/extensionApi';
import { writeMeasures } from './writeMeasures';

const rounds = 15;

/** In a VS Code: from an engine that does not run to a label, right after the panel was opened and some time after. */
export async function run(): Promise<void> {
  const api = await extensionApi();
  const image = picture('rgb-420.jpg');
  await api.classify(image);
  for (let round = 0; round < rounds; round++) {
    for (const [name, wait] of [
      ['no panel: cold start to label', undefined],
      ['panel just opened: to label', 0],
      ['panel opened 3 s ago: to label', 3000],
    ] as const) {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.commands.executeCommand('alexnet.restartEngine');
      if (wait !== undefined) {
        await api.showArchitecture();
        await delay(wait);
      }
      const start = performance.now();
      await api.classify(image);
      writeMeasures('VS Code', [{ name, values: [performance.now() - start] }]);
    }
  }
}

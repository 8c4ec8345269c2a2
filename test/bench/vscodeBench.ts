import * as vscode from 'vscode';
import type { AlexNetInspectorApi } from '../../alexnet-inspector';
import { picture } from '../support/extensionApi';
import { writeMeasures } from './writeMeasures';

/** In the extension host of a VS Code that has just started: a first and a warm label. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension<AlexNetInspectorApi>(
    'alexnet-inspector.alexnet-inspector',
  );
  if (!extension) throw new Error('the extension is not there');
  const timed = async <T>(name: string, work: () => Thenable<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    writeMeasures('VS Code', [{ name, values: [performance.now() - start] }]);
    return result;
  };
  const api = await extension.activate();
  const image = picture('rgb-420.jpg');
  await timed('cold start to first label', () => api.classify(image));
  await api.classify(image);
  for (let i = 0; i < 5; i++)
    await timed('classify through the API, warm', () => api.classify(image));
}

import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { AlexNetInspectorApi } from '../../alexnet-inspector';

/** The extension's API, as another extension gets it. */
export async function extensionApi(): Promise<AlexNetInspectorApi> {
  const extension = vscode.extensions.getExtension<AlexNetInspectorApi>(
    'alexnet-inspector.alexnet-inspector',
  );
  assert.ok(extension, 'the extension is not there');
  return await extension.activate();
}

/** A file of the test's workspace, which is a writable copy of samples with test/fixtures beside. */
export function inWorkspace(...path: string[]): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return vscode.Uri.joinPath(folder.uri, ...path);
}

/** A picture of the fixtures. */
export function picture(name: string): vscode.Uri {
  return inWorkspace('fixtures', 'imaging', name);
}

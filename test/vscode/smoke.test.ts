import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension in VS Code', () => {
  const id = 'alexnet-inspector.alexnet-inspector';

  it('is present and activates', async () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension, `${id} is not there`);
    await extension.activate();
    assert.ok(extension.isActive);
  });

  it('registers every command that its manifest contributes', async () => {
    const manifest = vscode.extensions.getExtension(id)!.packageJSON as Manifest;
    const known = await vscode.commands.getCommands(true);
    const wanted = manifest.contributes.commands.map(({ command }) => command);
    assert.ok(wanted.includes('alexnet.showArchitecture'));
    assert.deepEqual(
      wanted.filter((command) => !known.includes(command)),
      [],
    );
  });

  it('runs in a workspace that tests may write to', () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.equal(folder?.uri.fsPath, process.env['ALEXNET_TEST_WORKSPACE']);
  });
});

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

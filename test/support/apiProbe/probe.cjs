const vscode = require('vscode');

const api = () => vscode.extensions.getExtension('alexnet-inspector.alexnet-inspector').activate();

const inFolder = (name) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, name);

/** Asks for the number of a run and writes the tensor that the API's input() gives for it, as float32, into the workspace. */
async function writeInput() {
  // The panel's page may take the focus back from a palette that has just closed.
  const runId = await vscode.window.showInputBox({ title: 'Run', ignoreFocusOut: true });
  const { data } = await (await api()).input(Number(runId));
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  await vscode.workspace.fs.writeFile(inFolder(`input-${runId}.f32`), bytes);
}

/** Classifies a sample with a preprocessing of its own. */
async function classifyAsBgr() {
  await (await api()).classify(inFolder('still-life.jpg'), { preprocess: { order: 'BGR' } });
}

/** Without the palette, which a test would wait for at every change. */
function chooseTheme(name) {
  const { Global } = vscode.ConfigurationTarget;
  return vscode.workspace.getConfiguration('workbench').update('colorTheme', name, Global);
}

let begun = 0;
let beginning;
let sign;

/** Brings the window to where a fresh one begins, and says so in the status bar. */
function beginAnew() {
  return (beginning ??= clear().finally(() => (beginning = undefined)));
}

async function clear() {
  const run = (command) => vscode.commands.executeCommand(command);
  await run('workbench.action.closeAllEditors');
  await run('notifications.clearAll');
  const inspector = await api();
  await inspector.useVariant('keras');
  await inspector.loadWeights('random');
  await run('workbench.files.action.focusFilesExplorer');
  await run('workbench.files.action.collapseExplorerFolders');
  await run('list.clear');
  sign?.dispose();
  sign = vscode.window.setStatusBarMessage(`begun anew ${++begun}`);
}

module.exports = {
  activate: ({ subscriptions }) =>
    subscriptions.push(
      vscode.commands.registerCommand('alexnetApiProbe.writeInput', writeInput),
      vscode.commands.registerCommand('alexnetApiProbe.classifyAsBgr', classifyAsBgr),
      vscode.commands.registerCommand('alexnetApiProbe.chooseTheme', chooseTheme),
      vscode.commands.registerCommand('alexnetApiProbe.beginAnew', beginAnew),
    ),
};

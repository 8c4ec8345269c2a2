const { writeFile, rename } = require('node:fs/promises');
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

/**
 * Asks, as JSON, for a `picture` of the folder, `layers` and a `file` outside it; classifies the picture and writes there
 * what activation() gives for each layer: a line of JSON with their shapes, then their values, as float32.
 */
async function writeActivations() {
  const asked = await vscode.window.showInputBox({ title: 'Activations', ignoreFocusOut: true });
  const { picture, layers, file } = JSON.parse(asked);
  const inspector = await api();
  const { runId } = await inspector.classify(inFolder(picture));
  const tensors = [];
  for (const layer of layers) tensors.push(await inspector.activation(runId, layer));
  const head = `${JSON.stringify(tensors.map(({ shape }) => shape))}\n`;
  const values = tensors.map(({ data }) =>
    Buffer.from(data.buffer, data.byteOffset, data.byteLength),
  );
  await writeFile(`${file}.part`, Buffer.concat([Buffer.from(head), ...values]));
  await rename(`${file}.part`, file);
}

/** Classifies a sample with a preprocessing of its own. */
async function classifyAsBgr() {
  await (await api()).classify(inFolder('still-life.jpg'), { preprocess: { order: 'BGR' } });
}

/** Asks, as JSON, for the `name` of a setting of the user and its `value`, none for the default; says in a `file` that it is so. */
async function set() {
  const asked = await vscode.window.showInputBox({ title: 'Setting', ignoreFocusOut: true });
  const { name, value, file } = JSON.parse(asked);
  const { Global } = vscode.ConfigurationTarget;
  await vscode.workspace.getConfiguration().update(name, value, Global);
  await writeFile(file, name);
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
  // With no panel open it only forgets.
  await run('alexnet.startOver');
  await run('notifications.clearAll');
  const inspector = await api();
  await inspector.useVariant('keras');
  await run('workbench.files.action.focusFilesExplorer');
  await run('workbench.files.action.collapseExplorerFolders');
  await run('list.clear');
  sign?.dispose();
  sign = vscode.window.setStatusBarMessage(`begun anew ${++begun}`);
}

/** An editor with nothing in it: what VS Code itself takes to open one. */
const emptyEditor = {
  openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
  resolveCustomEditor: (_, { webview }) => {
    // Whoever waits for it to be painted asks it by a script.
    webview.options = { enableScripts: true };
    webview.html = '<!DOCTYPE html><title>Empty</title><p id="empty">Empty</p>';
  },
};

module.exports = {
  activate: ({ subscriptions }) =>
    subscriptions.push(
      vscode.commands.registerCommand('alexnetApiProbe.writeInput', writeInput),
      vscode.commands.registerCommand('alexnetApiProbe.writeActivations', writeActivations),
      vscode.commands.registerCommand('alexnetApiProbe.set', set),
      vscode.commands.registerCommand('alexnetApiProbe.classifyAsBgr', classifyAsBgr),
      vscode.commands.registerCommand('alexnetApiProbe.chooseTheme', chooseTheme),
      vscode.commands.registerCommand('alexnetApiProbe.beginAnew', beginAnew),
      vscode.window.registerCustomEditorProvider('alexnetApiProbe.empty', emptyEditor),
    ),
};

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

module.exports = {
  activate: ({ subscriptions }) =>
    subscriptions.push(
      vscode.commands.registerCommand('alexnetApiProbe.writeInput', writeInput),
      vscode.commands.registerCommand('alexnetApiProbe.classifyAsBgr', classifyAsBgr),
      vscode.commands.registerCommand('alexnetApiProbe.chooseTheme', chooseTheme),
    ),
};

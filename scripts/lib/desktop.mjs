import { onPath } from './onPath.mjs';
import { run } from './run.mjs';
import { root } from './root.mjs';
import { vscodeEnv } from './vscodeEnv.mjs';

/** The desktop VS Code of this machine, or undefined. */
export function findDesktop() {
  if (process.env.VSCODE_EXECUTABLE) return process.env.VSCODE_EXECUTABLE;
  // In a remote terminal `code` belongs to the window there, which cannot load from a folder.
  if (process.env.VSCODE_IPC_HOOK_CLI || !hasDisplay()) return undefined;
  return onPath('code');
}

/** Whether a window or a browser can open here. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Opens a new desktop window on the folder with the extension loaded from the checkout. */
export function openDesktop(executable, folder) {
  const args = [`--extensionDevelopmentPath=${root}`, '--new-window', folder];
  const script = executable.endsWith('.cmd');
  const quoted = script ? args.map((arg) => `"${arg}"`) : args;
  return run(script ? `"${executable}"` : executable, quoted, { env: vscodeEnv(), shell: script });
}

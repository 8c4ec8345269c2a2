/** What a VS Code or npm around us leaves in the environment and a new VS Code must not see. */
const inherited = /^(VSCODE_|ELECTRON_|npm_)/;

/** The environment for a VS Code of our own. */
export function vscodeEnv(extra = {}) {
  const own = Object.entries(process.env).filter(([name]) => !inherited.test(name));
  return { ...Object.fromEntries(own), ...extra };
}

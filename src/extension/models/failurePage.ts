import { randomBytes } from 'node:crypto';
import { asText } from '../panel/panelHtml';

/** What an editor shows in place of a model that cannot be read. */
export interface FailurePage {
  /** The file's name. */
  readonly name: string;
  /** One sentence. */
  readonly failure: string;
  /** What can be done about it, by what the buttons say. */
  readonly ways: readonly string[];
}

const nonceBytes = 16;

const style = `
body { display: grid; place-content: center; justify-items: center; height: 100vh; margin: 0; padding: 0 24px;
  box-sizing: border-box; color: var(--vscode-foreground); background: var(--vscode-editor-background);
  font-family: var(--vscode-font-family); }
main { max-width: 560px; text-align: center; }
h1 { font-size: 1.2em; font-weight: 600; overflow-wrap: anywhere; }
p { line-height: 1.5; overflow-wrap: anywhere; }
button { margin: 4px; padding: 4px 12px; border: 1px solid var(--vscode-button-border, transparent); border-radius: 2px;
  color: var(--vscode-button-foreground); background: var(--vscode-button-background); font: inherit; cursor: pointer; }
button + button { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); }
button:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }`;

/** The only script: a button says to the extension which one was pressed. */
const script = `const vscode = acquireVsCodeApi();
for (const button of document.querySelectorAll('button'))
  button.addEventListener('click', () => vscode.postMessage(button.textContent));`;

/** A page without anything of the product's in it. */
export function failurePage({ name, failure, ways }: FailurePage): string {
  const nonce = randomBytes(nonceBytes).toString('base64');
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  const buttons = ways.map((way) => `<button>${asText(way)}</button>`).join('');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${asText(name)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main><h1>${asText(name)}</h1><p role="alert">${asText(failure)}</p><p>${buttons}</p></main>
<script nonce="${nonce}">${script}</script>
</body>
</html>`;
}

import { randomBytes } from 'node:crypto';

/** What an editor shows until its model is there, and in its place where it cannot be read. */
export interface WaitingPage {
  /** The file's name. */
  readonly name: string;
  /** One sentence; while the file is read, nothing has failed. */
  readonly failure?: string;
  /** What can be done about it, by what the buttons say. */
  readonly ways?: readonly string[];
}

const nonceBytes = 16;

const style = `
body { display: grid; place-content: center; justify-items: center; height: 100vh; margin: 0; padding: 0 24px;
  box-sizing: border-box; color: var(--vscode-foreground); background: var(--vscode-editor-background);
  font-family: var(--vscode-font-family); }
main { max-width: 560px; text-align: center; }
h1 { font-size: 1.2em; font-weight: 600; overflow-wrap: anywhere; }
p { line-height: 1.5; overflow-wrap: anywhere; }
.bar { width: 240px; height: 2px; margin: 16px auto; overflow: hidden; background: var(--vscode-editorWidget-border, transparent); }
.bar i { display: block; width: 25%; height: 100%; background: var(--vscode-progressBar-background);
  animation: pass 1.6s linear infinite; }
@keyframes pass { from { transform: translateX(-100%); } to { transform: translateX(400%); } }
@media (prefers-reduced-motion: reduce) { .bar i { animation: none; width: 100%; } }
button { margin: 4px; padding: 4px 12px; border: 1px solid var(--vscode-button-border, transparent); border-radius: 2px;
  color: var(--vscode-button-foreground); background: var(--vscode-button-background); font: inherit; cursor: pointer; }
button + button { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); }
button:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }`;

/** The only script: a button says to the extension which one was pressed. */
const script = `const vscode = acquireVsCodeApi();
for (const button of document.querySelectorAll('button'))
  button.addEventListener('click', () => vscode.postMessage(button.textContent));`;

/** A page without anything of the product's in it: it is there at once. */
export function waitingPage({ name, failure, ways = [] }: WaitingPage): string {
  const nonce = randomBytes(nonceBytes).toString('base64');
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  const buttons = ways.map((way) => `<button>${asText(way)}</button>`).join('');
  const body =
    failure === undefined
      ? '<p role="status">Reading the model…</p><div class="bar"><i></i></div>'
      : `<p role="alert">${asText(failure)}</p><p>${buttons}</p>`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${asText(name)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main><h1>${asText(name)}</h1>${body}</main>
<script nonce="${nonce}">${script}</script>
</body>
</html>`;
}

/** A file's name and what it holds may be anything. */
function asText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

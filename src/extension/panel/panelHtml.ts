import type { Uri, Webview } from 'vscode';
import { Uri as uris } from 'vscode';
import { randomBytes } from 'node:crypto';

const nonceBytes = 16;

/** The panel's page: an empty main element, one style sheet, one script, and nothing else allowed. */
export function panelHtml(webview: Webview, extensionUri: Uri): string {
  const nonce = randomBytes(nonceBytes).toString('base64');
  const resource = (...path: string[]): string =>
    webview.asWebviewUri(uris.joinPath(extensionUri, ...path)).toString();
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    `img-src ${webview.cspSource} blob: data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>AlexNet</title>
<link rel="stylesheet" href="${resource('dist', 'webview.css')}">
</head>
<body>
<main id="app" data-samples="${resource('samples')}"></main>
<script nonce="${nonce}" src="${resource('dist', 'webview.js')}"></script>
</body>
</html>`;
}

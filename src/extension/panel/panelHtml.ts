import type { Uri, Webview } from 'vscode';
import { Uri as uris } from 'vscode';
import { randomBytes } from 'node:crypto';

const nonceBytes = 16;

/**
 * Has a webview load the panel's page: an empty main element, one style sheet, one script, and nothing else allowed. Until
 * the page is told what to show, it says that the model of this name is being read.
 */
export function loadPage(webview: Webview, extensionUri: Uri, modelName?: string): void {
  const roots = ['dist', 'media', 'samples'].map((folder) => uris.joinPath(extensionUri, folder));
  webview.options = { enableScripts: true, localResourceRoots: roots };
  webview.html = panelHtml(webview, extensionUri, modelName);
}

function panelHtml(webview: Webview, extensionUri: Uri, modelName?: string): string {
  const nonce = randomBytes(nonceBytes).toString('base64');
  const resource = (...path: string[]): string =>
    webview.asWebviewUri(uris.joinPath(extensionUri, ...path)).toString();
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    `img-src ${webview.cspSource} blob: data:`,
  ].join('; ');
  const content =
    modelName === undefined
      ? ''
      : `<div class="awaiting"><h1>${asText(modelName)}</h1><p role="status">Reading the model…</p><i></i></div>`;
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
<main id="app" data-samples="${resource('samples')}">${content}</main>
<script nonce="${nonce}" src="${resource('dist', 'webview.js')}"></script>
</body>
</html>`;
}

/** A file's name and what it holds may be anything. */
export function asText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

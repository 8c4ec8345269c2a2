import { buildApiProbe } from './apiProbe.mjs';
import { browserOptions } from './browser.mjs';
import { runMochaRing } from './mochaRing.mjs';
import { inRoot } from './root.mjs';
import { testPlaces } from './testWorkspace.mjs';
import { installExtension, logTail, startServer } from './vscodeServer.mjs';

/**
 * Runs the webview ring, or another that needs the same: Playwright from plain Node against one browser and one VS Code server,
 * where the extension is installed from its VSIX as a person would install it.
 */
export async function runWebviewRing(env, vsix, { ring = 'webview', share } = {}) {
  const options = await browserOptions();
  const { chromium } = await import('playwright-core');
  const places = await testPlaces();
  const logFile = inRoot('out', 'log', `server-webview-${share?.lane ?? 0}.log`);
  await installExtension(vsix, places);
  await installExtension(await buildApiProbe(), places);
  const server = await startServer({
    ...places,
    args: ['--without-connection-token', '--disable-getting-started-override'],
    env,
    logFile,
  });
  const browser = await chromium.launchServer(options);
  try {
    const own = {
      ...env,
      ALEXNET_BROWSER: browser.wsEndpoint(),
      ALEXNET_VSCODE_URL: `http://127.0.0.1:${server.port}/`,
      ALEXNET_VSCODE_DATA: places.dataDir,
      ALEXNET_TEST_WORKSPACE: places.workspace,
    };
    const code = await runMochaRing(ring, own, share);
    if (code !== 0) console.log(logTail(logFile));
    return code;
  } finally {
    await browser.close();
    await server.stop();
    await places.remove();
  }
}

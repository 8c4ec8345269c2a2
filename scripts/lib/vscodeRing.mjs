import { appendFileSync, rmSync } from 'node:fs';
import { pathToFileURL, URLSearchParams } from 'node:url';
import { format } from 'node:util';
import { browserOptions } from './browser.mjs';
import { root, inRoot } from './root.mjs';
import { testPlaces } from './testWorkspace.mjs';
import { logTail, startServer } from './vscodeServer.mjs';

const limitMs = 8 * 60_000;
const mark = '[report]';
const pageLog = inRoot('out', 'log', 'page-vscode.log');
const ringEntry = inRoot('out', 'test', 'vscode', 'index.js');

/** Runs the vscode ring, or another entry, in a real VS Code's extension host: the desktop's if asked, else npm's. */
export async function runVscodeRing(env, entry = ringEntry) {
  const places = await testPlaces();
  const all = { ...env, ALEXNET_TEST_WORKSPACE: places.workspace };
  try {
    const { VSCODE_EXECUTABLE, VSCODE_TEST_HOST } = process.env;
    if (VSCODE_EXECUTABLE || VSCODE_TEST_HOST === 'desktop')
      return await inDesktop(all, places, entry);
    appendFileSync(
      env.ALEXNET_NOT_RUN,
      'desktop VS Code (the ring ran in the server; set VSCODE_EXECUTABLE or VSCODE_TEST_HOST=desktop)\n',
    );
    return await inServer(all, places, entry);
  } finally {
    await places.remove();
  }
}

/** VSCODE_EXECUTABLE names the installed application; without it, one is downloaded. */
async function inDesktop(env, { workspace, dataDir, extensionsDir }, extensionTestsPath) {
  const { runTests } = await import('@vscode/test-electron');
  const { VSCODE_EXECUTABLE: vscodeExecutablePath } = process.env;
  delete process.env.ELECTRON_RUN_AS_NODE;
  return runTests({
    ...(vscodeExecutablePath && { vscodeExecutablePath }),
    extensionDevelopmentPath: root,
    extensionTestsPath,
    extensionTestsEnv: env,
    launchArgs: [
      workspace,
      '--disable-extensions',
      '--disable-workspace-trust',
      `--user-data-dir=${dataDir}`,
      `--extensions-dir=${extensionsDir}`,
    ],
  }).catch((error) => {
    console.error(error.message);
    return 1;
  });
}

async function inServer(env, places, entry) {
  rmSync(pageLog, { force: true });
  const options = await browserOptions();
  const { chromium } = await import('playwright-core');
  const logFile = inRoot('out', 'log', 'server-vscode.log');
  const server = await startServer({
    ...places,
    args: ['--without-connection-token', '--enable-smoke-test-driver', '--disable-workspace-trust'],
    env: { ...env, ALEXNET_MARK: mark },
    logFile,
  });
  const browser = await chromium.launch(options);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const code = await testsEnd(page, server, address(server.port, places.workspace, entry));
    if (code !== 0) console.log(logTail(logFile));
    return code;
  } catch (error) {
    throw new Error(`${error.message}\n${logTail(logFile)}`, {
      cause: error,
    });
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Opens the page whose payload makes VS Code run the tests; resolves with their exit code. */
async function testsEnd(page, server, url) {
  const ended = new Promise((resolve, reject) => {
    const limit = `no end after ${limitMs / 60_000} minutes`;
    setTimeout(() => reject(new Error(limit)), limitMs).unref();
    page.on('crash', () => reject(new Error('the page crashed')));
    server.exited.then(() => reject(new Error("VS Code's server ended")), reject);
    void page.exposeFunction('codeAutomationLog', (_type, args) => show(format(...args)));
    void page.exposeFunction('codeAutomationExit', (code) => resolve(code));
  });
  ended.catch(() => {});
  await page.goto(url);
  return ended;
}

/** VS Code's own log lines go to a file; the reporter's carry a mark and go to the person. */
function show(line) {
  if (line.startsWith(mark)) console.log(line.slice(mark.length));
  else appendFileSync(pageLog, `${line}\n`);
}

/** The payload is read only by a server that runs under --enable-smoke-test-driver. */
function address(port, workspace, extensionTestsPath) {
  const remote = (path) => `vscode-remote://127.0.0.1:${port}${pathToFileURL(path).pathname}`;
  const payload = [
    ['extensionDevelopmentPath', remote(root)],
    ['extensionTestsPath', remote(extensionTestsPath)],
    ['skipWelcome', 'true'],
  ];
  const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query}`;
}

import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL, URLSearchParams } from 'node:url';
import { format } from 'node:util';
import { browserOptions } from './browser.mjs';
import { atMost } from './pace.mjs';
import { noteCut } from './record.mjs';
import { root, inRoot } from './root.mjs';
import { testLimitMs, wordsPattern } from './runMocha.mjs';
import { testPlaces } from './testWorkspace.mjs';
import { logTail, startServer } from './vscodeServer.mjs';
import { watchRecord } from './watchdog.mjs';

const mark = '[report]';
const pageLog = inRoot('out', 'log', 'page-vscode.log');
const ringEntry = inRoot('out', 'test', 'vscode', 'index.js');

/** Runs built tests of the vscode ring in the extension host of a real VS Code; resolves with their exit code. */
export async function runVscodeRing(files, { env, records, words }) {
  const record = join(records, 'vscode.jsonl');
  const own = {
    ALEXNET_TEST_FILES: files.join('\n'),
    ALEXNET_TEST_LIMIT: `${atMost(testLimitMs)}`,
    ALEXNET_TEST_WORDS: words ? wordsPattern(words).source : '',
  };
  const code = await runInVscode({ ...env, ...own, ALEXNET_RECORD: record }, ringEntry);
  noteCut(record, 'VS Code ended before its tests did');
  return code;
}

/**
 * Calls an entry's `run` in the extension host of a real VS Code: the desktop's if asked, else npm's. It is cut when
 * the file ALEXNET_RECORD has not grown for long.
 */
export async function runInVscode(env, entry) {
  const places = await testPlaces();
  const cut = new AbortController();
  const leave = watchRecord(env.ALEXNET_RECORD, (why) => {
    noteCut(env.ALEXNET_RECORD, why);
    cut.abort();
  });
  const all = { ...env, ALEXNET_TEST_WORKSPACE: places.workspace };
  try {
    const { VSCODE_EXECUTABLE, VSCODE_TEST_HOST } = process.env;
    if (VSCODE_EXECUTABLE || VSCODE_TEST_HOST === 'desktop')
      return await inDesktop(all, places, entry, cut.signal);
    appendFileSync(
      env.ALEXNET_NOT_RUN,
      'desktop VS Code (the ring ran in the server; set VSCODE_EXECUTABLE or VSCODE_TEST_HOST=desktop)\n',
    );
    return await inServer(all, places, entry, cut.signal);
  } finally {
    leave();
    await places.remove();
  }
}

/** VSCODE_EXECUTABLE names the installed application; without it, one is downloaded. */
async function inDesktop(env, { workspace, dataDir, extensionsDir }, extensionTestsPath, signal) {
  const { runTests } = await import('@vscode/test-electron');
  const { VSCODE_EXECUTABLE: vscodeExecutablePath } = process.env;
  delete process.env.ELECTRON_RUN_AS_NODE;
  // Its way to end VS Code by force is Ctrl+C twice; that ends us only when it comes from the person.
  const interrupted = () => signal.aborted || process.exit(130);
  process.on('SIGINT', interrupted);
  signal.addEventListener('abort', () => [1, 2].forEach(() => process.emit('SIGINT')));
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
  })
    .catch((error) => {
      console.error(error.message);
      return 1;
    })
    .finally(() => process.off('SIGINT', interrupted));
}

async function inServer(env, places, entry, signal) {
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
  const browser = await chromium.launch({ ...options, timeout: atMost(60_000) });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const url = address(server.port, places.workspace, entry);
    const code = await testsEnd(page, server, url, signal);
    if (code !== 0) console.log(logTail(logFile));
    return code;
  } catch (error) {
    throw new Error(`${error.message}\n${logTail(logFile)}`, {
      cause: error,
    });
  } finally {
    // An extension host that hangs outlives its server.
    if (signal.aborted) server.kill();
    await browser.close();
    await server.stop();
  }
}

/** Opens the page whose payload makes VS Code run the tests; resolves with their exit code, 1 when they are cut. */
async function testsEnd(page, server, url, signal) {
  const ended = new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(1));
    page.on('crash', () => reject(new Error('the page crashed')));
    server.exited.then(() => reject(new Error("VS Code's server ended")), reject);
    void page.exposeFunction('codeAutomationLog', (_type, args) => show(format(...args)));
    void page.exposeFunction('codeAutomationExit', (code) => resolve(code));
  });
  ended.catch(() => {});
  await page.goto(url, { timeout: atMost(60_000) });
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

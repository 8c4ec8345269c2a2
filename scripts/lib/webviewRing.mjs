import { basename, join } from 'node:path';
import { buildApiProbe } from './apiProbe.mjs';
import { browserOptions } from './browser.mjs';
import { atMost } from './pace.mjs';
import { inRoot } from './root.mjs';
import { runMocha } from './runMocha.mjs';
import { dealTests } from './testFiles.mjs';
import { testPlaces } from './testWorkspace.mjs';
import { installExtension, logTail, startServer } from './vscodeServer.mjs';

/**
 * The ring waits for a screen more than it works: several windows share its files, each with a VS Code and a browser of
 * its own. A window opens once what it is given has come to its end.
 */
export async function runWebviewRing(tests, { windows = [undefined, undefined], ...job }) {
  const nextFile = dealTests(tests);
  const used = windows.slice(0, tests.length);
  const ends = await Promise.allSettled(
    used.map(async (before, lane) => {
      await before;
      return runInBrowser(nextFile, job, lane);
    }),
  );
  const broken = ends.find(({ status }) => status === 'rejected');
  if (broken) throw broken.reason;
  return Math.max(...ends.map(({ value }) => value));
}

/**
 * Runs the files that `nextFile` gives, one after the other: Playwright from plain Node against one browser and one
 * VS Code server, where the extension is installed from its VSIX as a person would install it.
 */
export async function runInBrowser(nextFile, { env, records, words, vsix, silenceMs }, lane = 0) {
  const options = await browserOptions();
  const { chromium } = await import('playwright-core');
  const places = await testPlaces();
  const logFile = inRoot('out', 'log', `server-webview-${lane}.log`);
  await installExtension(vsix, places);
  await installExtension(await buildApiProbe(), places);
  const server = await startServer({
    ...places,
    args: ['--without-connection-token', '--disable-getting-started-override'],
    env,
    logFile,
  });
  const browser = await chromium.launchServer({ ...options, timeout: atMost(60_000) });
  try {
    const own = {
      ...env,
      ALEXNET_BROWSER: browser.wsEndpoint(),
      ALEXNET_VSCODE_URL: `http://127.0.0.1:${server.port}/`,
      ALEXNET_VSCODE_DATA: places.dataDir,
      ALEXNET_TEST_WORKSPACE: places.workspace,
    };
    const codes = [];
    for (let file = nextFile(); file; file = nextFile()) {
      const record = join(records, `${basename(file, '.test.js')}.jsonl`);
      codes.push(await runMocha([file], { env: own, record, words, silenceMs }));
    }
    const code = Math.max(0, ...codes);
    if (code !== 0) console.log(logTail(logFile));
    return code;
  } finally {
    await browser.close();
    await server.stop();
    await places.remove();
  }
}

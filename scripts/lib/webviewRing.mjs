import { basename, join } from 'node:path';
import { buildApiProbe } from './apiProbe.mjs';
import { browserOptions } from './browser.mjs';
import { inRoot } from './root.mjs';
import { runMocha } from './runMocha.mjs';
import { dealTests } from './testFiles.mjs';
import { testPlaces } from './testWorkspace.mjs';
import { installExtension, logTail, startServer } from './vscodeServer.mjs';

/**
 * Files that run in one process and hand a window on, in this order: opening one costs more than most of them. The first
 * of a list finds no picture classified yet; weights and comparisons come last, as they leave most behind, and so does
 * what starts VS Code again in the window. All others have one of their own: VS Code asks for what they set as it starts.
 */
const sharing = [
  [
    ...['architecture', 'keyboard', 'accessibility', 'problems', 'classify', 'predictions'],
    ...['preprocessing', 'state', 'leadsOn'],
  ],
  [
    'progress',
    'channels',
    'probe',
    'export',
    'channelsAccess',
    'likes',
    'explain',
    'explainTrust',
    'whatIf',
    'compare',
    'words',
    'train',
  ],
  ['results', 'values', 'strip', 'evaluate', 'keys', 'narrow', 'models', 'weights'],
].map((names) => names.map((name) => `webview/${name}.test.ts`));

function inLists(tests) {
  const shared = sharing.map((list) => list.filter((test) => tests.includes(test)));
  const alone = tests.filter((test) => !sharing.flat().includes(test)).map((test) => [test]);
  return [...shared.filter((list) => list.length > 0), ...alone];
}

/**
 * The ring waits for a screen more than it works: several windows share its files, each with a VS Code and a browser of
 * its own. A window opens once what it is given has come to its end.
 */
export async function runWebviewRing(tests, { windows = [undefined, undefined], ...job }) {
  const lists = inLists(tests);
  const next = dealTests(lists);
  const used = windows.slice(0, lists.length);
  const env = { ...job.env, ALEXNET_SHARE_WINDOW: 'yes' };
  const ends = await Promise.allSettled(
    used.map(async (before, lane) => {
      await before;
      return runInBrowser(next, { ...job, env }, lane);
    }),
  );
  const broken = ends.find(({ status }) => status === 'rejected');
  if (broken) throw broken.reason;
  return Math.max(...ends.map(({ value }) => value));
}

/**
 * Runs the lists of files that `next` gives, one after the other: Playwright from plain Node, each list with a browser of
 * its own, against one VS Code server, where the extension is installed from its VSIX as a person would install it.
 */
export async function runInBrowser(next, { env, records, words, vsix, silenceMs }, lane = 0) {
  const options = await browserOptions();
  const places = await testPlaces();
  const logFile = inRoot('out', 'log', `server-webview-${lane}.log`);
  await installExtension(vsix, places);
  await installExtension(await buildApiProbe(), places);
  const server = await startServer({
    ...places,
    args: ['--without-connection-token', '--disable-getting-started-override'],
    // Nobody is there: no test fetches what a publisher has.
    env: { ...env, ALEXNET_WEIGHTS_HOST: 'http://127.0.0.1:9' },
    logFile,
  });
  try {
    const own = {
      ...env,
      ALEXNET_BROWSER: JSON.stringify(options),
      ALEXNET_VSCODE_URL: `http://127.0.0.1:${server.port}/`,
      ALEXNET_VSCODE_DATA: places.dataDir,
      ALEXNET_TEST_WORKSPACE: places.workspace,
    };
    const codes = [];
    for (let files = next(); files; files = next()) {
      const record = join(records, `${basename(files[0], '.test.js')}.jsonl`);
      codes.push(await runMocha(files, { env: own, record, words, silenceMs }));
    }
    const code = Math.max(0, ...codes);
    if (code !== 0) console.log(logTail(logFile));
    return code;
  } finally {
    await server.stop();
    await places.remove();
  }
}

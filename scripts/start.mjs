import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findDesktop, openDesktop } from './lib/desktop.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { withProgress } from './lib/progress.mjs';
import { inRoot } from './lib/root.mjs';
import { must } from './lib/run.mjs';
import { serveInBrowser } from './lib/serveInBrowser.mjs';
import { nativeForStart } from './native/nativeForStart.mjs';

const usage = `npm start -- [FOLDER] [--browser] [--port N] [--no-open] [--no-native]

Opens VS Code with the extension loaded on FOLDER (default: samples).
  --browser    VS Code in the browser even if there is a desktop VS Code
  --port N     serve the browser's VS Code there (implies --browser)
  --no-open    only print the address (implies --browser)
  --no-native  neither fetch native TensorFlow nor use it: the network runs on WebAssembly`;

/** npm start: from a fresh clone to a VS Code that shows the extension. */
async function main() {
  const { folder, browser, port, open, native, help } = readArguments();
  if (help) return console.log(usage);
  await ensurePackages();
  if (native) await nativeForStart();
  const desktop = browser ? undefined : findDesktop();
  if (!desktop) return serveInBrowser({ folder, port, open });
  await withProgress('Building', () =>
    must(process.execPath, [inRoot('esbuild.mjs')], { quiet: true }),
  );
  console.log(`Opening ${desktop} on ${folder}`);
  const { code } = await openDesktop(desktop, folder);
  process.exitCode = code;
}

function readArguments() {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    allowPositionals: true,
    options: {
      browser: { type: 'boolean' },
      port: { type: 'string' },
      'no-open': { type: 'boolean' },
      'no-native': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const port = values.port === undefined ? undefined : readPort(values.port);
  const browser = values.browser ?? (port !== undefined || values['no-open']);
  const folder = readFolder(positionals);
  const [open, native] = [!values['no-open'], !values['no-native']];
  return { folder, browser, port, open, native, help: values.help };
}

function readPort(text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`--port ${text}: not a port between 1 and 65535`);
  }
  return port;
}

/** A path is meant from where the person stands; npm itself stands in the checkout. */
function readFolder([given, ...more]) {
  if (more.length > 0) throw new Error(`one folder, please, not ${more.length + 1}`);
  const folder = given ? resolve(process.env.INIT_CWD ?? '.', given) : inRoot('samples');
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new Error(`there is no folder ${folder}`);
  }
  return folder;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from './cache.mjs';
import { hasDisplay } from './desktop.mjs';
import { openAddress } from './openAddress.mjs';
import { withProgress } from './progress.mjs';
import { inRoot } from './root.mjs';
import { installExtension, startServer } from './vscodeServer.mjs';
import { buildVsix } from './vsix.mjs';

/** A steady port keeps what the browser remembers per address, such as trusted folders. */
const usualPort = 8127;

/** VS Code in the browser, with the extension installed as a person would, until Ctrl+C. */
export async function serveInBrowser({ folder, port = usualPort, open }) {
  const data = join(cacheRoot(), 'start');
  const places = { dataDir: join(data, 'data'), extensionsDir: join(data, 'extensions') };
  const vsix = await withProgress('Building and packing the extension', buildVsix);
  await installExtension(vsix, places);
  await writeFirstSettings(places.dataDir);
  const token = randomBytes(16).toString('hex');
  // Not an argument: other people on this machine can read those.
  const tokenFile = join(data, 'token');
  await writeFile(tokenFile, token, { mode: 0o600 });
  const server = await startServer({
    ...places,
    port,
    args: ['--connection-token-file', tokenFile, '--disable-getting-started-override'],
    logFile: inRoot('out', 'log', 'start.log'),
  });
  const address = `http://127.0.0.1:${server.port}/?tkn=${token}&folder=${asQuery(folder)}`;
  console.log(
    `\nVS Code with AlexNet Inspector:\n\n  ${address}\n\nTry: F1, then "AlexNet: Show Architecture". Stop: Ctrl+C.`,
  );
  if (open && hasDisplay()) openAddress(address);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), server.exited]);
  await server.stop();
  console.log('\nStopped.');
}

/** A first start shows the folder, not a tour; from then on the settings are the person's own. */
async function writeFirstSettings(dataDir) {
  const folder = join(dataDir, 'data', 'User');
  const settings = {
    'workbench.startupEditor': 'none',
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2), {
    flag: 'wx',
  }).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/** Windows paths become /c:/…, as VS Code's addresses have them. */
function asQuery(folder) {
  const path = folder.replaceAll('\\', '/');
  return encodeURIComponent(path.startsWith('/') ? path : `/${path}`).replaceAll('%2F', '/');
}

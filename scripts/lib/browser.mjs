import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstall } from './aptInstall.mjs';
import { onPath } from './onPath.mjs';

/**
 * Chromium's engine without a browser's own face, which a headless Chrome draws too, unseen: a window of VS Code costs a
 * third less of the processor in it.
 */
const shells = ['chromium-headless-shell', 'chrome-headless-shell'];
const shellPackage = 'chromium-headless-shell';

const commands = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'chrome',
  'msedge',
];

const macApplications = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const windowsPrograms = [
  'Google/Chrome/Application/chrome.exe',
  'Microsoft/Edge/Application/msedge.exe',
];

/** Keeps the browser from the network and from asking anything. */
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let found;

/** Playwright's launch options for a browser of this machine; installs one where it may. */
export async function browserOptions() {
  // Once, whoever asks: two rings that begin together would install it together.
  const executablePath = await (found ??= anyBrowser());
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return { executablePath, headless: true, args: [...quiet, ...sandbox] };
}

async function anyBrowser() {
  const there = process.env.CHROME_PATH || onPath(...shells);
  return there || (await installShell()) || findBrowser() || (await installBrowser());
}

function findBrowser() {
  const { LOCALAPPDATA, ProgramFiles } = process.env;
  const windows = [ProgramFiles, process.env['ProgramFiles(x86)'], LOCALAPPDATA].filter(Boolean);
  const places = [
    ...macApplications.map((name) => join('/Applications', name)),
    ...windows.flatMap((folder) => windowsPrograms.map((name) => join(folder, name))),
  ];
  return onPath(...commands) || places.find((file) => existsSync(file));
}

/** Undefined where a system does not have it, or no network: an ordinary browser does as well then. */
async function installShell() {
  try {
    return (await aptInstall(shellPackage)) && onPath(shellPackage);
  } catch (error) {
    console.log(`${shellPackage} cannot be installed: ${error.message.split('\n', 1)[0]}`);
    return undefined;
  }
}

async function installBrowser() {
  const installed = (await aptInstall('chromium')) && onPath('chromium');
  if (installed) return installed;
  throw new Error('no browser: install Chrome, Chromium or Edge, or name one in CHROME_PATH');
}

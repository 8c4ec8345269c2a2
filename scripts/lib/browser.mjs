import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstall } from './aptInstall.mjs';
import { onPath } from './onPath.mjs';

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
  return findBrowser() ?? (await installBrowser());
}

function findBrowser() {
  const { CHROME_PATH, LOCALAPPDATA, ProgramFiles } = process.env;
  const windows = [ProgramFiles, process.env['ProgramFiles(x86)'], LOCALAPPDATA].filter(Boolean);
  const places = [
    ...macApplications.map((name) => join('/Applications', name)),
    ...windows.flatMap((folder) => windowsPrograms.map((name) => join(folder, name))),
  ];
  return CHROME_PATH || onPath(...commands) || places.find((file) => existsSync(file));
}

async function installBrowser() {
  const installed = (await aptInstall('chromium')) && onPath('chromium');
  if (installed) return installed;
  throw new Error('no browser: install Chrome, Chromium or Edge, or name one in CHROME_PATH');
}

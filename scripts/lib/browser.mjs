import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { onPath } from './onPath.mjs';
import { withProgress } from './progress.mjs';
import { must } from './run.mjs';

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

/** Playwright's launch options for a browser of this machine; installs one where it may. */
export async function browserOptions() {
  const executablePath = findBrowser() ?? (await installBrowser());
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return { executablePath, headless: true, args: [...quiet, ...sandbox] };
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

/** Only on Debian and its kin, and only as root: elsewhere the person chooses. */
async function installBrowser() {
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    await withProgress('Installing Chromium with apt-get (once)', async () => {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      await must('apt-get', ['update'], { quiet: true, env });
      await must('apt-get', ['install', '-y', 'chromium'], { quiet: true, env });
    });
    const installed = onPath('chromium');
    if (installed) return installed;
  }
  throw new Error('no browser: install Chrome, Chromium or Edge, or name one in CHROME_PATH');
}

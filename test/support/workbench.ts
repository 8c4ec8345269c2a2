import { join } from 'node:path';
import { chromium, type Browser, type Frame, type LaunchOptions, type Page } from 'playwright-core';
import { environment } from './environment';
import { themes, writeUserSettings, type Theme } from './userSettings';
import { atMost, eventually, waitUntil } from './waiting';

/** A step of Playwright, on a quiet, fast machine: one that succeeds early costs nothing. */
const stepMs = 60_000;

export interface WorkbenchOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  /** Absolute; default: the writable copy of samples. */
  readonly folder?: string;
  /** User settings on top of the calm ones of userSettings.ts. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** What the files of one process have in common; each is built with a copy of this module. */
interface Common {
  browser: Promise<Browser> | undefined;
  /** The window that is handed from file to file. */
  shared: Page | undefined;
}

const holder = globalThis as { alexnetCommon?: Common };
if (!holder.alexnetCommon) {
  holder.alexnetCommon = { browser: undefined, shared: undefined };
  after(async () => (await common.browser)?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await takePictures(this.currentTest.fullTitle());
  });
}
const common = holder.alexnetCommon;

async function takePictures(title: string): Promise<void> {
  const name = title.replaceAll(/\W+/g, '-').slice(0, 100);
  const pages = (await common.browser)?.contexts().flatMap((context) => context.pages()) ?? [];
  for (const [index, page] of pages.entries()) {
    await page.screenshot({ path: join('out', 'shots', `${name}-${index}.png`) });
  }
}

/**
 * A fresh person's VS Code: a new browser profile on the ring's server, the workbench loaded. Where files share a window
 * and no settings are asked for, the one before is begun anew instead.
 */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Page> {
  const sharing = Boolean(process.env['ALEXNET_SHARE_WINDOW']) && !options.settings;
  if (!sharing) return openWindow(options);
  if (common.shared && (await beganAnew(common.shared, options))) return common.shared;
  await common.shared?.context().close();
  common.shared = await openWindow(options);
  return common.shared;
}

/** From the process of the tests: through another that holds it, every event of a page would be packed and read twice. */
function launchBrowser(): Promise<Browser> {
  const options = JSON.parse(environment('ALEXNET_BROWSER')) as LaunchOptions;
  return chromium.launch({ ...options, timeout: atMost(stepMs) });
}

async function openWindow(options: WorkbenchOptions): Promise<Page> {
  const { theme = 'dark', width = 1280, height = 800, settings } = options;
  await writeUserSettings(theme, settings);
  common.browser ??= launchBrowser();
  const context = await (await common.browser).newContext({ viewport: { width, height } });
  await context.addInitScript(stopSpinners);
  const page = await context.newPage();
  page.setDefaultTimeout(atMost(stepMs));
  const folder = options.folder ?? environment('ALEXNET_TEST_WORKSPACE');
  const query = new URLSearchParams({ folder });
  await page.goto(`${environment('ALEXNET_VSCODE_URL')}?${query.toString()}`);
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
  await page.locator('.explorer-viewlet .monaco-list-row').first().waitFor();
  return page;
}

/**
 * VS Code's own spinners and bars turn for as long as the engine works, and each of their frames is drawn by the processor
 * that it works on. The page of the panel is left as it is.
 */
function stopSpinners(): void {
  if (window !== window.top) return;
  const spinning =
    '.codicon-modifier-spin, .codicon-loading, .monaco-progress-container .progress-bit';
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${spinning} { animation: none !important; }`);
  document.adoptedStyleSheets.push(sheet);
}

/**
 * Brings a window to where a fresh one begins: no editors, notifications, pictures or selection, the default variant.
 * Its session stays: what is asked only once, and weights, as drawing random ones anew takes a second: a file that loads
 * others goes back to random ones. False when it does not get there.
 */
async function beganAnew(page: Page, options: WorkbenchOptions): Promise<boolean> {
  const { theme = 'dark', width = 1280, height = 800 } = options;
  const sign = page.locator('.statusbar').getByText(/^begun anew \d+$/);
  try {
    await page.emulateMedia({ reducedMotion: null });
    await page.setViewportSize({ width, height });
    await page.mouse.move(0, 0);
    const before = (await sign.allTextContents()).join('');
    await page.keyboard.press('Control+Alt+F5');
    await waitUntil('the start', async () => (await sign.allTextContents()).join('') !== before);
    await chooseTheme(page, theme);
    return true;
  } catch {
    // A test that failed may have left it in any state: a new one is opened then.
    return false;
  }
}

/** Ends a workbench and its browser profile; its extension host goes too. A shared one goes on to the next file. */
export async function closeWorkbench(page: Page | undefined): Promise<void> {
  if (page !== common.shared) await page?.context().close();
}

/**
 * Runs a command by its full title, such as "AlexNet: Show Architecture", as a person would: F1. Gives the time of the click.
 * A command that `asks` goes on in the same input.
 */
export async function runCommand(
  page: Page,
  title: string,
  { asks = false }: { readonly asks?: boolean } = {},
): Promise<number> {
  const input = page.locator('.quick-input-widget input.input');
  const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first();
  await eventually(`the command "${title}"`, async (timeout) => {
    // A page that gets the focus late takes it from the palette, which closes then.
    if (!(await input.isVisible())) await page.keyboard.press('F1');
    await input.fill('>', { timeout });
    await input.fill(`>${title}`, { timeout });
    await row.waitFor({ timeout });
  });
  const clicked = Date.now();
  await row.click();
  if (!asks) await input.waitFor({ state: 'hidden' });
  return clicked;
}

/** Changes the colour theme, by a key of the tests' own extension. */
export async function chooseTheme(page: Page, theme: Theme): Promise<void> {
  const { key, mark } = themes[theme];
  if (await page.locator(`.monaco-workbench.${mark}`).isVisible()) return;
  await eventually(`the theme ${theme}`, async (timeout) => {
    await page.keyboard.press(key);
    await page.locator(`.monaco-workbench.${mark}`).waitFor({ timeout });
  });
}

/**
 * The page inside the visible webview that holds `selector`, found through VS Code's two iframes. VS Code hides a new page
 * until it is loaded: it is there, and has no text yet.
 */
export async function panelFrame(page: Page, selector = '#app'): Promise<Frame> {
  return eventually(`a webview with ${selector}`, async () => {
    for (const frame of page.frames().filter(isWebviewContent)) {
      if ((await frame.$(selector)) === null) continue;
      const element = await frame.frameElement();
      if (await element.isVisible()) return frame;
    }
    throw new Error('not among the frames');
  });
}

/** VS Code's outer frame is its own host page; the extension's page is the frame within. */
function isWebviewContent(frame: Frame): boolean {
  return Boolean(frame.parentFrame()?.parentFrame()) && !frame.isDetached();
}

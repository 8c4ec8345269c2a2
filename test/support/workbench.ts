import { join } from 'node:path';
import { chromium, type Browser, type Frame, type Page } from 'playwright-core';
import { environment } from './environment';
import { themes, writeUserSettings, type Theme } from './userSettings';
import { atMost, eventually } from './waiting';

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

let browser: Promise<Browser> | undefined;

after(async () => (await browser)?.close());

afterEach(async function () {
  if (this.currentTest?.state !== 'failed') return;
  const name = this.currentTest.fullTitle().replaceAll(/\W+/g, '-').slice(0, 100);
  const pages = (await browser)?.contexts().flatMap((context) => context.pages()) ?? [];
  for (const [index, page] of pages.entries()) {
    await page.screenshot({ path: join('out', 'shots', `${name}-${index}.png`) });
  }
});

/** A fresh person's VS Code: a new browser profile on the ring's server, the workbench loaded. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Page> {
  const { theme = 'dark', width = 1280, height = 800, settings } = options;
  const folder = options.folder ?? environment('ALEXNET_TEST_WORKSPACE');
  await writeUserSettings(theme, settings);
  browser ??= chromium.connect(environment('ALEXNET_BROWSER'));
  const context = await (await browser).newContext({ viewport: { width, height } });
  const page = await context.newPage();
  page.setDefaultTimeout(atMost(stepMs));
  const query = new URLSearchParams({ folder });
  await page.goto(`${environment('ALEXNET_VSCODE_URL')}?${query.toString()}`);
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
  await page.locator('.explorer-viewlet .monaco-list-row').first().waitFor();
  return page;
}

/** Ends a workbench and its browser profile; its extension host goes too. */
export async function closeWorkbench(page: Page | undefined): Promise<void> {
  await page?.context().close();
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
  await eventually(`the theme ${theme}`, async (timeout) => {
    await page.keyboard.press(key);
    await page.locator(`.monaco-workbench.${mark}`).waitFor({ timeout });
  });
}

/** The page inside the visible webview that holds `selector`, found through VS Code's two iframes. */
export async function panelFrame(page: Page, selector = '#app'): Promise<Frame> {
  return eventually(`a webview with ${selector}`, async () => {
    for (const frame of page.frames().filter(isWebviewContent)) {
      if ((await frame.$(selector)) !== null) return frame;
    }
    throw new Error('not among the frames');
  });
}

/** VS Code's outer frame is its own host page; the extension's page is the frame within. */
function isWebviewContent(frame: Frame): boolean {
  return Boolean(frame.parentFrame()?.parentFrame()) && !frame.isDetached();
}

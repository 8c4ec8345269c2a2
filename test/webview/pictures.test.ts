import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { openDetails, openPanel, setPanelWidth } from '../support/panel';
import { classify, declineWeights } from '../support/panelPictures';
import type { Theme } from '../support/userSettings';
import { chooseTheme, closeWorkbench, openWorkbench, runCommand } from '../support/workbench';

const folder = join('out', 'pictures');
const narrow = 600;
/** A blank panel of this size has far fewer. */
const bytesOfSomething = 40_000;

describe('pictures of the panel', () => {
  let page: Page;
  let frame: Frame;

  before(async () => {
    await mkdir(folder, { recursive: true });
    page = await openWorkbench({ width: 1440, height: 900 });
    await openPanel(page);
    // The first run of an engine is slow: the pictures show the times of the second.
    await classify(page, 'cat.jpg');
    await declineWeights(page);
    frame = await classify(page, 'still-life.jpg');
    await openDetails(frame, 'conv2');
  });
  after(() => closeWorkbench(page));

  async function takePanel(name: string): Promise<Buffer> {
    await page.mouse.move(0, 0);
    const path = join(folder, `${name}.png`);
    await (await frame.frameElement()).screenshot({ path });
    if (process.env['ALEXNET_KEEP_PICTURES'] === '1') {
      await mkdir('docs', { recursive: true });
      await copyFile(path, join('docs', `${name}.png`));
    }
    const bytes = await readFile(path);
    assert.ok(bytes.length > bytesOfSomething, `${path} has only ${bytes.length} bytes`);
    return bytes;
  }

  it('show something in the whole workbench', async () => {
    const bytes = await page.screenshot({ path: join(folder, 'workbench.png') });
    assert.ok(bytes.length > bytesOfSomething);
  });

  it('show something in every theme, and each something else', async () => {
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
    await page.locator('.explorer-folders-view').waitFor({ state: 'hidden' });
    const taken: Buffer[] = [];
    for (const theme of ['light', 'high-contrast', 'dark'] satisfies Theme[]) {
      await chooseTheme(page, theme);
      await frame.locator(`body[data-vscode-theme-kind$="${themeKinds[theme]}"]`).waitFor();
      taken.push(await takePanel(`panel-${theme}`));
    }
    const different = taken.filter(
      (one) => taken.filter((other) => one.equals(other)).length === 1,
    );
    assert.equal(different.length, taken.length);
  });

  it('show something in a narrow panel', async () => {
    await setPanelWidth(page, frame, narrow);
    await takePanel('panel-narrow');
  });
});

/** How VS Code tells a page its kind of theme. */
const themeKinds: Readonly<Record<Theme, string>> = {
  dark: 'dark',
  light: 'light',
  'high-contrast': 'high-contrast',
};

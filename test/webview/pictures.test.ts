import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { dressPanel, openDetails, openPanel, setPanelWidth } from '../support/panel';
import {
  classify,
  declineWeights,
  selectInExplorer,
  takeInExplorer,
} from '../support/panelPictures';
import type { Theme } from '../support/userSettings';
import { closeWorkbench, openWorkbench, runCommand } from '../support/workbench';

const folder = join('out', 'pictures');
const narrow = 600;
const picture = 'cat.jpg';
const several = ['gratings.png', 'sailing-boat.webp', 'still-life.jpg', 'tall-vase.png'] as const;
/** What is looked at of a layer, and what says that it is there. */
const sides = [
  { tab: 'channels', layer: 'conv3', drawn: '.tile-stage[aria-label^="conv3:"]' },
  {
    tab: 'weights',
    layer: 'conv1',
    drawn: '.details-body.weights svg, .details-body.weights canvas',
  },
  { tab: 'values', layer: 'conv3', drawn: '.explanation[data-value^="conv3 "]' },
] as const;
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
    await classify(page, picture);
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
      await dressPanel(page, frame, theme);
      taken.push(await takePanel(`panel-${theme}`));
    }
    const different = taken.filter(
      (one) => taken.filter((other) => one.equals(other)).length === 1,
    );
    assert.equal(different.length, taken.length);
  });

  it('show something in a narrow panel', async () => {
    const wide = await frame.evaluate(() => innerWidth);
    await setPanelWidth(page, frame, narrow);
    await takePanel('panel-narrow');
    await setPanelWidth(page, frame, wide);
  });

  for (const theme of ['dark', 'light'] satisfies Theme[]) {
    it(`show something of every side of a layer, in ${theme}`, async () => {
      await dressPanel(page, frame, theme);
      for (const { tab, layer, drawn } of sides) {
        await openDetails(frame, layer);
        await frame.locator(`#tab-${tab}`).click();
        await frame.locator(drawn).first().waitFor();
        await takePanel(`${tab}-${theme}`);
      }
    });
  }

  it('show something of two pictures side by side', async () => {
    await closeDetails();
    await inExplorer('AlexNet: Compare Images', 'still-life.jpg');
    await frame.locator('.compare-table').waitFor();
    await takeThemes('compare', ['light', 'dark']);
    await frame.locator('.compare-table tr[data-row=conv2] button').click();
    await frame.locator('#tab-difference').click();
    await frame.locator('.difference .tile-stage').waitFor();
    await takeThemes('difference', ['dark', 'light']);
    await frame.getByRole('button', { name: 'End comparison' }).click();
  });

  it('show something of several pictures', async () => {
    await closeDetails();
    await inExplorer('AlexNet: Classify Image', ...several);
    await frame
      .locator('.strip-option img')
      .nth(several.length - 1)
      .waitFor();
    await takeThemes('strip', ['light', 'dark']);
  });

  async function takeThemes(name: string, themes: readonly Theme[]): Promise<void> {
    for (const theme of themes) {
      await dressPanel(page, frame, theme);
      await takePanel(`${name}-${theme}`);
    }
  }

  /** Takes a command on the first picture and others from the Explorer, which is in sight only meanwhile. */
  async function inExplorer(title: string, ...others: readonly string[]): Promise<void> {
    const toggle = (): Promise<number> =>
      runCommand(page, 'View: Toggle Primary Side Bar Visibility');
    await toggle();
    await selectInExplorer(page, [picture, ...others]);
    await takeInExplorer(page, picture, title);
    await toggle();
    await page.locator('.explorer-folders-view').waitFor({ state: 'hidden' });
    await frame.locator('.work.idle').waitFor({ state: 'attached' });
  }

  async function closeDetails(): Promise<void> {
    const close = frame.getByRole('button', { name: 'Close details' });
    if (await close.isVisible()) await close.click();
  }
});

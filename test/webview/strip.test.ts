import assert from 'node:assert/strict';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { environment } from '../support/environment';
import { axeViolations } from '../support/panelAxe';
import {
  dressPanel,
  focusedName,
  graphTransform,
  openDetails,
  openPanel,
  setPanelWidth,
} from '../support/panel';
import { takeInExplorer, selectInExplorer, shownRun } from '../support/panelPictures';
import { firstTheme } from '../support/userSettings';
import { closeWorkbench, openWorkbench } from '../support/workbench';
import { slowPng } from '../support/writePng';

const narrow = 600;
/** In the order of the folder. */
const names = ['1.jpg', '2.jpg', '3.png', '10.png'] as const;

describe('several pictures', () => {
  const workspace = environment('ALEXNET_TEST_WORKSPACE');
  let page: Page;
  let frame: Frame;
  let options: Locator;
  let list: Locator;

  before(async () => {
    const folder = join(workspace, 'strip-of-pictures');
    await mkdir(folder, { recursive: true });
    await copyFile(join(workspace, 'cat.jpg'), join(folder, '1.jpg'));
    await copyFile(join(workspace, 'still-life.jpg'), join(folder, '2.jpg'));
    await writeFile(join(folder, '3.png'), 'no picture');
    await copyFile(join(workspace, 'gratings.png'), join(folder, '10.png'));
    page = await openWorkbench({ width: 1440, height: 900 });
    frame = await openPanel(page);
    options = frame.locator('.strip-option');
    list = frame.getByRole('listbox', { name: 'Pictures' });
  });
  after(() => closeWorkbench(page));

  /** Waits until a picture is where the person is, and the page rests. */
  async function isCurrent(name: string): Promise<void> {
    await frame.locator(`.strip-option[aria-selected=true][title*="${name}"]`).waitFor();
    await frame.locator('.work.idle').waitFor({ state: 'attached' });
  }

  async function isShown(name: string): Promise<void> {
    await shownRun(page, name);
    await isCurrent(name);
  }

  it('of a folder get a strip of thumbnails in natural order, with what each was taken for', async () => {
    assert.equal(await list.isVisible(), false);
    await takeInExplorer(page, 'strip-of-pictures', 'AlexNet: Classify Folder');
    await isShown('10.png');
    const said = await options.evaluateAll((all) =>
      all.map((each) => each.getAttribute('aria-label') ?? ''),
    );
    assert.equal(said.length, names.length);
    for (const [index, name] of names.entries()) {
      const finding = name === '3.png' ? ' failed: .*' : ', [^,]+ \\d+\\.\\d %, untrained';
      const words = `^strip-of-pictures/${name}${finding}, ${index + 1} of 4$`;
      assert.match(said[index]!, new RegExp(words));
    }
    await options.locator('img').nth(2).waitFor();
    assert.equal(await options.locator('img').count(), 3);
    assert.equal(await options.locator('s').count(), 3);
    const problem = await frame.locator('[role=alert]').innerText();
    assert.match(problem, /^3\.png is text, not a picture/);
  });

  it('are stepped through by keys; the layer, the side of it and the channel stay', async () => {
    await openDetails(frame, 'conv2');
    await frame.locator('#tab-channels').click();
    await frame.locator('.tile-stage[aria-label^="conv2:"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const large = frame.getByRole('region', { name: 'Large channel' });
    await large.waitFor();
    const before = await frame.locator('#details-title').innerText();
    await frame.locator('#tab-channels').focus();
    for (const [key, name] of [
      [',', '3.png'],
      [',', '2.jpg'],
      [',', '1.jpg'],
      ['.', '2.jpg'],
    ] as const) {
      await page.keyboard.press(key);
      if (name === '3.png') await isCurrent(name);
      else await isShown(name);
      await frame.locator('.channels:not([aria-busy=true]) .tile-stage').waitFor();
      assert.equal(await frame.locator('#details-title').innerText(), before);
      assert.equal(await frame.locator('#tab-channels').getAttribute('aria-selected'), 'true');
      assert.ok(await large.isVisible());
    }
    await frame.getByText('2 of 4', { exact: true }).waitFor();
  });

  it('are reached by the keyboard in the strip: arrows, Home and End walk, Enter shows', async () => {
    await list.focus();
    await page.keyboard.press('Home');
    const active = frame.locator('.strip-option.active');
    assert.match((await active.getAttribute('title'))!, /1\.jpg/);
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowRight');
    assert.equal(await list.getAttribute('aria-activedescendant'), await active.getAttribute('id'));
    await isCurrent('2.jpg');
    await page.keyboard.press('Enter');
    await isShown('10.png');
    assert.equal(await focusedName(frame), 'Pictures');
    await frame.getByRole('button', { name: 'Previous picture (,)' }).click();
    await isCurrent('3.png');
    await options.first().click();
    await isShown('1.jpg');
  });

  it('take up what a key says while the others are under way, and go on', async () => {
    await frame.getByRole('button', { name: 'Steps of the preprocessing' }).click();
    await frame.getByRole('textbox', { name: 'Scale' }).fill('0.02');
    await frame.getByRole('textbox', { name: 'Scale' }).press('Tab');
    await frame.locator('.strip-option[data-status=waiting]').nth(1).waitFor();
    await isShown('1.jpg');
    await frame.getByRole('button', { name: 'Steps of the preprocessing' }).click();
    const rest = frame.getByRole('button', { name: 'Classify the rest' });
    await rest.click();
    await page.keyboard.press('.');
    await isShown('2.jpg');
    assert.equal(await frame.locator('.strip-option[data-status=waiting]').count(), 0);
    assert.equal(await rest.isVisible(), false);
  });

  it('lead from the table of results to why each was taken for what it was, by a click and by a key', async () => {
    const title = frame.locator('.explain-title');
    const grid = frame.getByRole('grid', { name: 'Pictures and their labels' });
    const rows = grid.locator('tr[data-id]');
    await page.keyboard.press('r');
    await grid.focus();
    assert.equal(await rows.filter({ hasText: '3.png' }).getByRole('button').count(), 0);
    await page.keyboard.press('Home');
    await page.keyboard.press('w');
    await title.waitFor();
    await isShown('1.jpg');
    await page.keyboard.press('r');
    await rows.filter({ hasText: '2.jpg' }).getByRole('button', { name: 'Why?' }).click();
    await title.waitFor();
    await isShown('2.jpg');
    await page.keyboard.press('w');
    await frame.locator('svg.graph').waitFor();
  });

  it('give axe nothing to object to in any theme, wide and narrow', async () => {
    const wide = await frame.evaluate(() => innerWidth);
    for (const [theme, width] of [
      ['dark', wide],
      ['light', narrow],
      ['high-contrast', wide],
    ] as const) {
      if (theme !== 'dark') await dressPanel(page, frame, theme);
      await setPanelWidth(page, frame, width);
      const part = theme === firstTheme ? {} : { within: '.strip' };
      const found = await axeViolations(frame, { theme, ...part });
      assert.deepEqual(found, [], `${theme}, ${width} pixels wide`);
      const { right, bottom, left } = await list.evaluate((each) => each.getBoundingClientRect());
      const height = await frame.evaluate(() => innerHeight);
      assert.ok(left > 0 && right <= width && bottom <= height, `${width} pixels wide`);
    }
  });

  it('leave a narrow page where it is scrolled to', async () => {
    const wide = await frame.evaluate(() => innerWidth);
    await setPanelWidth(page, frame, narrow);
    await frame.locator('svg.graph').hover({ position: { x: 60, y: 40 } });
    await page.mouse.wheel(0, 100);
    const scrolled = await graphTransform(frame);
    assert.notEqual(scrolled, 'translate(0,0) scale(1)');
    await options.first().click();
    await isShown('1.jpg');
    await frame.locator('#search').focus();
    await list.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await isShown('2.jpg');
    assert.equal(await graphTransform(frame), scrolled);
    await setPanelWidth(page, frame, wide);
  });

  it('are let go with the cross, and what is shown stays', async () => {
    await frame.getByRole('button', { name: 'Close the strip of pictures' }).click();
    await list.waitFor({ state: 'hidden' });
    await shownRun(page, '2.jpg');
    assert.match(await focusedName(frame), /^conv2,/);
  });

  it('that are selected get one too, and Cancel leaves the rest to be stepped to', async () => {
    // Each is slow enough to be cancelled in its middle.
    const chosen = ['slow-1.png', 'slow-2.png', 'slow-3.png'];
    const slow = slowPng();
    for (const name of chosen) await writeFile(join(workspace, name), slow);
    await selectInExplorer(page, chosen);
    await takeInExplorer(page, chosen[0]!, 'AlexNet: Classify Image');
    await options.first().waitFor();
    await frame.getByRole('button', { name: 'Cancel' }).click();
    await frame.locator('.work.idle').waitFor({ state: 'attached' });
    assert.equal(await options.count(), chosen.length);
    assert.equal(await options.last().getAttribute('data-status'), 'waiting');
    await options.last().click();
    await isShown(chosen.at(-1)!);
    for (const name of chosen) await rm(join(workspace, name));
    await frame.getByRole('button', { name: 'Close the strip of pictures' }).click();
  });
});

import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { axeViolations } from '../support/panelAxe';
import { block, dressPanel, openDetails, openPanel, setPanelWidth } from '../support/panel';
import { classify } from '../support/panelPictures';
import { screenshotPanel } from '../support/screenshotPanel';
import { type Theme, themes } from '../support/userSettings';
import { closeWorkbench, openWorkbench } from '../support/workbench';

const narrow = 600;
const themeNames = Object.keys(themes) as Theme[];

describe('the page gives axe nothing to object to', () => {
  let page: Page;
  let frame: Frame;
  let wide: number;
  const looks: Buffer[] = [];

  before(async () => {
    page = await openWorkbench();
    frame = await openPanel(page);
    wide = await frame.evaluate(() => innerWidth);
  });
  after(() => closeWorkbench(page));

  async function checkWideAndNarrow(): Promise<void> {
    for (const width of [wide, narrow]) {
      await setPanelWidth(page, frame, width);
      assert.deepEqual(await axeViolations(frame), [], `${width} pixels wide`);
    }
    await setPanelWidth(page, frame, wide);
  }

  for (const theme of themeNames) {
    it(`with no picture yet, in ${theme}, wide and narrow`, async () => {
      await dressPanel(page, frame, theme);
      await checkWideAndNarrow();
    });
  }

  it('with a hover card', async () => {
    await block(frame, 'fc6').locator('.face').hover();
    await frame.getByRole('tooltip').waitFor();
    assert.deepEqual(await axeViolations(frame), []);
  });

  it('with the menu of weights, which stays within a narrow page', async () => {
    await setPanelWidth(page, frame, narrow);
    await frame.locator('#weights').click();
    const box = await frame.evaluate(() => {
      const { left, right } = document.querySelector('.weights-popup')!.getBoundingClientRect();
      return { left, right, page: document.documentElement.clientWidth };
    });
    assert.ok(box.left >= 0 && box.right <= box.page, JSON.stringify(box));
    await page.keyboard.press('Escape');
    await setPanelWidth(page, frame, wide);
    await frame.locator('#weights').click();
    const items = await frame.getByRole('menuitem').allInnerTexts();
    assert.deepEqual(items, [
      'Published weights…',
      'Load a file…',
      'Random weights',
      'Save weights…',
    ]);
    await frame.getByText('tensors, untrained: labels mean nothing').waitFor();
    assert.deepEqual(await axeViolations(frame), []);
    await page.keyboard.press('Escape');
  });

  for (const theme of themeNames) {
    it(`with a result and details, in ${theme}, wide and narrow`, async () => {
      await dressPanel(page, frame, theme);
      if (theme === themeNames[0]) await classify(page, 'still-life.jpg');
      await openDetails(frame, 'conv2');
      await checkWideAndNarrow();
    });

    it(`with the steps of the preprocessing and a refusal, in ${theme}, wide and narrow`, async () => {
      const toggle = frame.getByRole('button', { name: 'Steps of the preprocessing' });
      await toggle.click();
      await frame.getByLabel('Scale').fill('much');
      await frame.locator('.refusal').filter({ hasText: 'Scale must be' }).waitFor();
      await checkWideAndNarrow();
      await frame.getByRole('button', { name: 'Back to the published preprocessing' }).click();
      await frame.getByText('As published').waitFor();
      await toggle.click();
    });

    it(`and what is seen in ${theme} is something, and in no other theme the same`, async () => {
      const look = await screenshotPanel(page, frame);
      assert.ok(!looks.some((other) => other.equals(look)));
      looks.push(look);
    });

    it(`as a table, in ${theme}, wide and narrow`, async () => {
      await frame.getByRole('button', { name: 'Table' }).click();
      await frame.getByRole('caption').waitFor();
      await checkWideAndNarrow();
      await frame.getByRole('button', { name: 'Graph' }).click();
    });
  }

  it('and moves nothing by itself for a person who asked for less motion', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const running = (): Promise<number> => frame.evaluate(() => document.getAnimations().length);
    for (const act of [
      () => block(frame, 'conv3').locator('.face').hover(),
      () => openDetails(frame, 'conv3'),
      () => frame.locator('[data-block="conv block 3"]').click(),
      () => frame.getByRole('button', { name: 'Steps of the preprocessing' }).click(),
      () => page.keyboard.press('+'),
      () => frame.getByRole('button', { name: 'Fit' }).click(),
      () => frame.getByRole('button', { name: 'Table' }).click(),
    ]) {
      await act();
      assert.equal(await running(), 0);
    }
  });
});

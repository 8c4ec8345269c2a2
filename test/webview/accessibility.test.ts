import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { axeViolations, inWidths, narrow, widthWords } from '../support/panelAxe';
import {
  block,
  dressPanel,
  openDetails,
  openPanel,
  scrollToBlock,
  setPanelWidth,
} from '../support/panel';
import { classify } from '../support/panelPictures';
import { screenshotPanel } from '../support/screenshotPanel';
import { type Theme, themes } from '../support/userSettings';
import { waitUntil } from '../support/waiting';
import { closeWorkbench, openWorkbench } from '../support/workbench';

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

  /** The whole page in the first theme; in the others what is new in it, `within`. */
  async function check(theme: Theme, within?: string): Promise<void> {
    const part = theme === themeNames[0] ? {} : { within };
    await inWidths({ page, frame, theme }, async (what) =>
      assert.deepEqual(await axeViolations(frame, { theme, ...part }), [], what),
    );
  }

  for (const theme of themeNames) {
    it(`with no picture yet, in ${theme}${widthWords(theme)}`, async () => {
      await dressPanel(page, frame, theme);
      await check(theme);
    });
  }

  it('with a hover card', async () => {
    await block(frame, 'fc6').locator('.face').hover();
    await frame.getByRole('tooltip').waitFor();
    assert.deepEqual(await axeViolations(frame), []);
  });

  it('with the menu of weights, which stays within a narrow page', async () => {
    const isWithin = (): Promise<boolean> =>
      frame.evaluate(() => {
        const { left, right } = document.querySelector('.weights-popup')!.getBoundingClientRect();
        return left >= 0 && right > left && right <= document.documentElement.clientWidth;
      });
    await setPanelWidth(page, frame, narrow);
    await frame.locator('#weights').click();
    await waitUntil('a menu within the page', isWithin);
    await page.keyboard.press('Escape');
    await setPanelWidth(page, frame, wide);
    await frame.locator('#weights').click();
    const items = await frame.getByRole('menuitem').allInnerTexts();
    assert.deepEqual(items, [
      'Choose weights…',
      'Load weights…',
      'Use random weights',
      'Save weights…',
      'Evaluate on a labelled folder…',
      'Train…',
    ]);
    await frame.getByText('tensors, untrained').waitFor();
    assert.deepEqual(await axeViolations(frame), []);
    await setPanelWidth(page, frame, 400);
    await waitUntil('a menu within the page that has become narrow', isWithin);
    await page.keyboard.press('Escape');
    await setPanelWidth(page, frame, wide);
  });

  for (const theme of themeNames) {
    it(`with a result and details, in ${theme}${widthWords(theme)}`, async () => {
      await dressPanel(page, frame, theme);
      if (theme === themeNames[0]) await classify(page, 'still-life.jpg');
      await openDetails(frame, 'conv2');
      await check(theme);
    });

    it(`with the steps of the preprocessing and a refusal, in ${theme}${widthWords(theme)}`, async () => {
      const toggle = frame.getByRole('button', { name: 'Steps of the preprocessing' });
      await toggle.click();
      await frame.getByRole('textbox', { name: 'Scale' }).fill('much');
      await frame.locator('.refusal').filter({ hasText: 'Scale must be' }).waitFor();
      await check(theme, '.picture-pane');
      await frame.getByRole('button', { name: 'Back to the published preprocessing' }).click();
      await frame.getByText('As published').waitFor();
      await toggle.click();
    });

    it(`and what is seen in ${theme} is something, and in no other theme the same`, async () => {
      const look = await screenshotPanel(page, frame);
      assert.ok(!looks.some((other) => other.equals(look)));
      looks.push(look);
    });

    it(`as a table, in ${theme}${widthWords(theme)}`, async () => {
      await frame.getByRole('button', { name: 'Table' }).click();
      await frame.getByRole('caption').waitFor();
      await check(theme, 'section.middle');
      await frame.getByRole('button', { name: 'Graph' }).click();
    });
  }

  it('and moves nothing by itself for a person who asked for less motion', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const running = (): Promise<number> => frame.evaluate(() => document.getAnimations().length);
    for (const act of [
      async () => {
        await scrollToBlock(frame, 'conv3');
        await block(frame, 'conv3').locator('.face').hover();
      },
      () => openDetails(frame, 'conv3'),
      () => frame.locator('[data-block="conv block 3"]').click(),
      () => frame.getByRole('button', { name: 'Steps of the preprocessing' }).click(),
      () => page.keyboard.press('+'),
      () => page.keyboard.press('f'),
      () => frame.getByRole('button', { name: 'Table' }).click(),
    ]) {
      await act();
      assert.equal(await running(), 0);
    }
  });
});

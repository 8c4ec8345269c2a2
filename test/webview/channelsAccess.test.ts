import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { openChannels } from '../support/channels';
import { axeViolations, inWidths, widthWords } from '../support/panelAxe';
import { placesAtRest } from '../support/panelPlaces';
import { classify } from '../support/panelPictures';
import { themes, type Theme } from '../support/userSettings';
import { chooseTheme, closeWorkbench, openWorkbench } from '../support/workbench';

describe('the channels for everybody', () => {
  let page: Page;
  let frame: Frame;

  before(async () => {
    page = await openWorkbench({ width: 1440, height: 900 });
    frame = await classify(page, 'still-life.jpg');
    await openChannels(frame, 'conv3');
    await frame.locator('.tile-stage canvas').click({ position: { x: 30, y: 9 } });
    await frame.locator('.large-channel').waitFor();
  });
  after(() => closeWorkbench(page));

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`give axe nothing to object to in ${theme}: tiles, one large, units${widthWords(theme)}`, async () => {
      await chooseTheme(page, theme);
      await inWidths({ page, frame, theme }, async (what) => {
        for (const layer of ['conv3', 'fc8']) {
          await openChannels(frame, layer);
          const found = await axeViolations(frame, { theme, within: '.details-pane' });
          assert.deepEqual(found, [], `${layer}: ${what}`);
        }
      });
    });
  }

  for (const [name, metrics] of [
    ['600 pixels wide', { width: 980, height: 800, deviceScaleFactor: 1 }],
    ['at 200 %', { width: 720, height: 450, deviceScaleFactor: 2 }],
  ] as const) {
    it(`stay within a page that is ${name}, sharp and in reach`, async () => {
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setDeviceMetricsOverride', { ...metrics, mobile: false });
      await page.waitForFunction((width) => innerWidth === width, metrics.width);
      await placesAtRest(frame);
      await openChannels(frame, 'conv1');
      const stage = frame.locator('.tile-stage');
      await stage.focus();
      await page.keyboard.press('End');
      await frame.locator('.tile-cursor').scrollIntoViewIfNeeded();
      const seen = await frame.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('.tile-stage canvas')!;
        const { scrollWidth } = document.documentElement;
        const pixels = canvas.width / (canvas.clientWidth * devicePixelRatio);
        return { over: scrollWidth - innerWidth, pixels, wide: canvas.clientWidth, innerWidth };
      });
      assert.ok(seen.over <= 0, `the page is ${seen.over} pixels too wide`);
      assert.ok(Math.abs(seen.pixels - 1) < 0.01, `${seen.pixels} pixels of canvas on one`);
      assert.ok(seen.wide < seen.innerWidth);
      await session.send('Emulation.clearDeviceMetricsOverride');
    });
  }
});

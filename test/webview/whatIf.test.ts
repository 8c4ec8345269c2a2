import assert from 'node:assert/strict';
import type { Frame, Locator, Page } from 'playwright-core';
import { openChannels } from '../support/channels';
import { block, dressPanel, openPanel } from '../support/panel';
import { axeViolations, inWidths, widthWords } from '../support/panelAxe';
import { classify } from '../support/panelPictures';
import { themes, type Theme } from '../support/userSettings';
import { waitUntil } from '../support/waiting';
import { closeWorkbench, openWorkbench } from '../support/workbench';

describe('what would have been', () => {
  let page: Page;
  let frame: Frame;
  /** What the whole run was taken for. */
  let whole: string;
  let predictions: Locator;
  let bar: Locator;
  let words: Locator;

  before(async () => {
    page = await openWorkbench({ width: 1440, height: 900 });
    frame = await openPanel(page);
    await classify(page, 'cat.jpg');
    predictions = frame.locator('.predictions');
    bar = frame.getByRole('region', { name: 'What if' });
    words = bar.locator('.change-words');
    whole = await predictions.innerText();
  });
  after(() => closeWorkbench(page));

  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const erasedShare = async (): Promise<number> => {
    const found = /(\d+) % of the picture erased/.exec(await bar.innerText());
    return Number(found?.[1] ?? 0);
  };
  const isAsItWas = async (): Promise<void> => {
    await bar.waitFor({ state: 'hidden' });
    assert.equal(await predictions.innerText(), whole);
  };

  it('without the channels that add most: ranked, switched off by button and key, and taken back', async () => {
    await openChannels(frame, 'conv5');
    await frame.getByLabel('Sort by').selectOption('adds');
    const rows = frame.getByRole('region', { name: 'What channels add' }).locator('li');
    await rows.first().waitFor();
    const channels = await rows.evaluateAll((all) => all.map(({ dataset }) => dataset['channel']!));
    const [first, second, third] = channels as [string, string, string];
    await rows
      .getByRole('button', { name: new RegExp(`^channel ${first} adds \\+[\\d.]+ to `) })
      .click();
    await frame.locator('.channels .readout', { hasText: `channel ${first} · adds +` }).waitFor();
    const face = block(frame, 'bn5').locator('.face');
    const faceBefore = await face.innerHTML();
    await rows.getByRole('button', { name: `Switch channel ${first} off` }).click();
    await words.filter({ hasText: new RegExp(`^conv5 without ${first}$`) }).waitFor();
    await bar.locator('.change-shift', { hasText: ' → ' }).waitFor();
    await predictions.locator('.was').first().waitFor();
    await waitUntil('the graph', async () => (await face.innerHTML()) !== faceBefore);
    // One that is off stays in its place, with what it added.
    await rows
      .first()
      .getByRole('button', { name: new RegExp(`^channel ${first} added .* off$`) })
      .waitFor();
    await frame.locator('.tile-stage[aria-label*="256 channels, 1 off"]').waitFor();
    await frame.locator('.tile-stage').focus();
    await press('Home', 'ArrowRight', 'x');
    await words.filter({ hasText: new RegExp(`\\b${second}\\b`) }).waitFor();
    await press('ArrowRight', 'Enter');
    await frame.locator('.large-head', { hasText: 'no. 3 of 256 by what it adds' }).waitFor();
    await press('x');
    await words.filter({ hasText: new RegExp(`\\b${third}\\b`) }).waitFor();
    await frame.locator('.large-stage[aria-label*="switched off"]').waitFor();
    assert.notEqual(await predictions.innerText(), whole);
    await press('Escape', 'u');
    await words.filter({ hasNotText: new RegExp(`\\b${third}\\b`) }).waitFor();
    await bar.getByRole('button', { name: 'Undo' }).click();
    await words.filter({ hasText: new RegExp(`^conv5 without ${first}$`) }).waitFor();
    await bar.getByRole('button', { name: 'Reset' }).click();
    await isAsItWas();
    await frame.getByLabel('Sort by').selectOption('energy');
  });

  it('without parts of the picture: erased by pointer and by keyboard, and brought back', async () => {
    await frame.getByRole('button', { name: 'Erase parts…' }).click();
    const eraser = frame.getByRole('application', { name: 'The picture to erase' });
    await frame.locator('.eraser-stage:focus').waitFor();
    const { x, y, width, height } = (await eraser.boundingBox())!;
    await page.mouse.move(x + width * 0.3, y + height * 0.5);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.7, y + height * 0.5, { steps: 6 });
    await page.mouse.up();
    // Less is read while the last of it is under way.
    await waitUntil('the stroke', async () => (await erasedShare()) === 8);
    // The bar was there before the stroke: what a person erases stays where it is.
    assert.deepEqual(await eraser.boundingBox(), { x, y, width, height });
    await frame.locator('.explain-labels', { hasText: '→' }).waitFor();
    await frame.locator('.preview .erased-parts').waitFor({ state: 'attached' });
    const byPointer = await erasedShare();
    await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'Space');
    await waitUntil('a square more', async () => (await erasedShare()) > byPointer);
    await frame
      .locator('.explain-picture .readout', { hasText: /^rows \d+–\d+, columns/ })
      .waitFor();
    await frame.getByRole('group', { name: 'Erased pixels become' }).getByText('mean').click();
    await frame.getByRole('slider', { name: /^Side of the square/ }).fill('64');
    await frame.getByRole('button', { name: 'Back to the map' }).click();
    await frame.locator('.explain-answer:not(.explain-old) dl').waitFor();
    await frame.locator('.explain-stage img').waitFor();
    for (let step = 0; step < 2; step++) await bar.getByRole('button', { name: 'Undo' }).click();
    await waitUntil('the stroke alone', async () => (await erasedShare()) === byPointer);
    await bar.getByRole('button', { name: 'Reset' }).click();
    await isAsItWas();
    await frame.locator('.explain-answer:not(.explain-old) dl').waitFor();
  });

  it('ends with the picture', async () => {
    await frame.getByRole('button', { name: 'Erase parts of the picture' }).click();
    await press('Enter');
    await waitUntil('a square', async () => (await erasedShare()) > 0);
    await classify(page, 'still-life.jpg');
    await words.filter({ hasText: 'nothing is erased yet' }).waitFor();
    await frame.getByRole('button', { name: 'Back to the map' }).click();
    await bar.waitFor({ state: 'hidden' });
    assert.equal(await predictions.locator('.was').count(), 0);
  });

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`breaks no rule of axe, in ${theme}${widthWords(theme)}`, async () => {
      await dressPanel(page, frame, theme);
      if (!(await bar.isVisible())) {
        await frame.getByRole('button', { name: 'Graph' }).click();
        await openChannels(frame, 'conv5');
        await frame.getByLabel('Sort by').selectOption('adds');
        await frame
          .getByRole('button', { name: /^Switch channel \d+ off$/ })
          .first()
          .click();
        await frame.locator('.share-off').waitFor();
      }
      await inWidths({ page, frame, theme }, async (what) => {
        assert.deepEqual(await axeViolations(frame, { theme }), [], what);
        const isCut = await frame.evaluate(() => document.body.scrollWidth > innerWidth);
        assert.equal(isCut, false, what);
      });
    });
  }
});

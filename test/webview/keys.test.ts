import assert from 'node:assert/strict';
import type { Frame, Locator, Page } from 'playwright-core';
import { block, dressPanel, focusedName, openDetails, openPanel, panelTab } from '../support/panel';
import { axeViolations, inWidths, widthWords } from '../support/panelAxe';
import { classifyInExplorer, explorerRow, shownRun } from '../support/panelPictures';
import { type Theme, themes } from '../support/userSettings';
import { closeWorkbench, openWorkbench, panelFrame } from '../support/workbench';

describe('keys in the panel', () => {
  let page: Page;
  let frame: Frame;
  const press = (...keys: readonly string[]): Promise<void> =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const focusReaches = (selector: string): Promise<unknown> =>
    frame.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

  before(async () => {
    page = await openWorkbench({ width: 1440 });
    frame = await openPanel(page);
  });
  after(() => closeWorkbench(page));

  it('walk the graph as soon as the panel is open, and nothing lies over it', async () => {
    await focusReaches('[data-layer="input"]');
    assert.equal(await frame.locator('#layer-card').isHidden(), true);
    await press('ArrowRight');
    await focusReaches('[data-layer="conv1"]');
    await press('End');
    await focusReaches('[data-layer="fc8"]');
    await press('Home', 'ArrowRight', 'ArrowRight', 'Enter');
    await frame.locator('#details-title', { hasText: 'bn1' }).waitFor();
    await press('Escape', 'ArrowRight');
    await focusReaches('[data-layer="pool1"]');
  });

  it('go on at the layer looked at last when the panel is shown again', async () => {
    await explorerRow(page, 'README.md').click();
    await page.locator('.monaco-editor .view-line').first().waitFor();
    await panelTab(page).click();
    frame = await panelFrame(page, '[data-layer]');
    await focusReaches('[data-layer="pool1"]');
    await press('ArrowLeft');
    await focusReaches('[data-layer="bn1"]');
  });

  it('reach the titles of blocks with the arrows, and fold them with Enter and Space', async () => {
    await press('ArrowUp');
    await focusReaches('[data-block="conv block 1"][aria-expanded="true"]');
    await press('Enter');
    await focusReaches('[data-block="conv block 1"][aria-expanded="false"]');
    await press('ArrowDown');
    await focusReaches('[data-folded="conv block 1"]');
    await press('ArrowUp', ' ');
    await focusReaches('[data-block="conv block 1"][aria-expanded="true"]');
    await press('ArrowRight');
    await focusReaches('[data-block="conv block 2"]');
    assert.equal(await frame.locator('svg.graph [tabindex="0"]').count(), 1);
    await press('ArrowDown', 'Home');
    await focusReaches('[data-layer="input"]');
  });

  it('zoom about the layer that has the keyboard, wherever it stands', async () => {
    for (const layer of ['input', 'conv3', 'fc8']) {
      await press('f');
      await block(frame, layer).focus();
      const before = await middleOf(frame, layer);
      await press('+', '+', '+', '+');
      await frame.locator('.minimap.shown').waitFor();
      const after = await middleOf(frame, layer);
      const moved = Math.hypot(after.x - before.x, after.y - before.y);
      assert.ok(moved < 1, `${layer} moved by ${moved} pixels`);
      assert.ok(after.width > 2 * before.width, `${layer} is ${after.width} pixels wide`);
      await press('-', '-', '-', '-');
      const back = await middleOf(frame, layer);
      assert.ok(Math.hypot(back.x - before.x, back.y - before.y) < 1, `${layer} is not back`);
    }
    await press('f');
  });

  it('select what the search marks with Enter, and stay there with Esc', async () => {
    await press('/');
    await page.keyboard.type('maxpool');
    await press('Enter');
    await frame.locator('#details-title', { hasText: 'pool1' }).waitFor();
    await focusReaches('#search');
    await press('Enter');
    await frame.locator('#details-title', { hasText: 'pool2' }).waitFor();
    assert.equal(await block(frame, 'pool2').getAttribute('aria-pressed'), 'true');
    await press('Escape');
    await focusReaches('[data-layer="pool2"]');
    // Once for the card of the layer, once for its details.
    await press('Escape', 'Escape');
    await frame.locator('.details-pane').waitFor({ state: 'hidden' });
    await focusReaches('[data-layer="pool2"]');
  });

  it('come to the panel when a picture is classified from the menu of the Explorer', async () => {
    await classifyInExplorer(page, 'still-life.jpg');
    frame = await shownRun(page, 'still-life.jpg');
    await frame.waitForFunction(() => document.hasFocus());
    await focusReaches('[data-layer="pool2"]');
  });

  it('do not take a click away from what it was on', async () => {
    await openDetails(frame, 'conv4');
    assert.match(await focusedName(frame), /^conv4, /);
  });

  it('are all listed by ?, which Esc closes, and the focus is back', async () => {
    await block(frame, 'conv3').focus();
    await press('?');
    const dialog = frame.getByRole('dialog', { name: 'Keys' });
    await dialog.getByText('zoom in and out about the layer').waitFor();
    await press('t', 'Escape');
    await dialog.waitFor({ state: 'hidden' });
    await focusReaches('[data-layer="conv3"]');
    await frame.getByRole('button', { name: 'All keys' }).click();
    await dialog.waitFor();
    await press('?');
    await dialog.waitFor({ state: 'hidden' });
    await focusReaches('.all-keys');
  });
});

describe('what the graph means', () => {
  let page: Page;
  let frame: Frame;
  const press = (key: string): Promise<void> => page.keyboard.press(key);
  const colourBy = (what: string): Promise<unknown> =>
    frame.getByLabel('Colour by').selectOption(what);
  const face = (layer: string): Locator => block(frame, layer).locator('.blank');
  const colourOf = (layer: string): Promise<string> =>
    face(layer).evaluate((blank) => getComputedStyle(blank).fill);

  before(async () => {
    page = await openWorkbench({ width: 1440 });
    frame = await openPanel(page);
  });
  after(() => closeWorkbench(page));

  it('is told by a legend that folds out over its corner and stays', async () => {
    const legend = frame.getByRole('button', { name: 'Legend' });
    await legend.click();
    const corner = frame.getByRole('region', { name: 'Legend' });
    for (const words of ['convolution', 'Depth: its channels', 'share of all parameters']) {
      await corner.getByText(words).waitFor();
    }
    await block(frame, 'pool5').locator('.face').hover();
    assert.equal(await legend.getAttribute('aria-expanded'), 'true');
    await legend.press('Escape');
    await corner.waitFor({ state: 'hidden' });
    await legend.press('Enter');
    await corner.waitFor();
  });

  it('can be how much of something its layers have, with the scale and the numbers', async () => {
    await colourBy('macs');
    await frame.locator('.node', { hasText: /447\.9 M/ }).waitFor();
    const [conv2, fc8, pool1] = await Promise.all(['conv2', 'fc8', 'pool1'].map(colourOf));
    assert.equal(new Set([conv2, fc8, pool1]).size, 3);
    const scale = frame.locator('.legend [data-scale=amount]');
    await scale.getByText('447.9 M').waitFor();
    await colourBy('bytes');
    await scale.getByText('1.20 MB').waitFor();
  });

  it('can be the time of a run, and stays what was chosen', async () => {
    await classifyInExplorer(page, 'still-life.jpg');
    frame = await shownRun(page, 'still-life.jpg');
    await frame.locator('.legend [data-scale=amount]').getByText('1.20 MB').waitFor();
    await colourBy('time');
    await frame.locator('.legend').getByText('of the last run').waitFor();
    await frame.locator('.node', { hasText: /^conv2.* ms$/ }).waitFor();
    assert.equal(await frame.locator('.node image').count(), 0);
    await colourBy('kind');
    await block(frame, 'conv1').locator('image').waitFor();
  });

  it('has terms that say what they mean where the pointer or the keyboard is, until Esc', async () => {
    await openDetails(frame, 'conv2');
    const foot = (): Promise<number> =>
      frame.locator('.foot').evaluate(({ clientHeight }) => clientHeight);
    const before = await foot();
    await block(frame, 'conv1').locator('.face').hover();
    await frame.locator('.probe-line', { hasText: /^conv1 cell/ }).waitFor();
    assert.equal(await foot(), before, 'what is pointed at moves the graph');
    const macs = frame.locator('.details-pane .term', { hasText: 'MACs' });
    const tip = frame.locator('#term-tip');
    await macs.focus();
    await tip.getByText('Multiply-accumulates').waitFor();
    assert.equal(await macs.getAttribute('aria-describedby'), 'term-tip');
    await press('Escape');
    await tip.waitFor({ state: 'hidden' });
    assert.equal(await frame.locator('.details-pane').isVisible(), true);
    await press('Tab');
    await tip.getByText('4 bytes each').waitFor();
    await frame.locator('.details-pane .term', { hasText: 'Kernel' }).hover();
    await tip.getByText('slides over the input').waitFor();
    await tip.hover();
    assert.equal(await tip.isVisible(), true);
    await frame.locator('#details-title').hover();
    await tip.waitFor({ state: 'hidden' });
  });

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`gives axe nothing to object to in ${theme}${widthWords(theme)}`, async () => {
      await dressPanel(page, frame, theme);
      await colourBy('parameters');
      await frame.locator('.details-pane .term').first().focus();
      await frame.locator('#term-tip').waitFor();
      await inWidths({ page, frame, theme }, async (what) => {
        assert.deepEqual(await axeViolations(frame, { theme }), [], `tip and legend, ${what}`);
        await press('?');
        await frame.getByRole('dialog', { name: 'Keys' }).waitFor();
        const found = await axeViolations(frame, { theme, within: '.keys-dialog' });
        assert.deepEqual(found, [], `all keys, ${what}`);
        await press('Escape');
      });
    });
  }
});

/** Where a layer's block is in the window, in pixels. */
function middleOf(
  frame: Frame,
  layer: string,
): Promise<{ readonly x: number; readonly y: number; readonly width: number }> {
  return block(frame, layer)
    .locator('.ring')
    .evaluate((ring) => {
      const { x, y, width, height } = ring.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2, width };
    });
}

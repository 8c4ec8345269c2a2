import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { block, blockName, focusedName, graphTransform, layersOf } from '../support/panel';
import { eventually, waitUntil } from '../support/waiting';
import { closeWorkbench, openWorkbench, panelFrame } from '../support/workbench';

/** More than there are tab stops on the page. */
const manyTabs = 30;

describe('the panel by keyboard alone', () => {
  const layers = layersOf('keras');
  let page: Page;
  let frame: Frame;
  const press = (...keys: readonly string[]): Promise<void> =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const nameOf = (layer: string): string => blockName(layers.find(({ name }) => name === layer)!);
  const focusReaches = (layer: string): Promise<unknown> =>
    frame.waitForFunction((id) => document.activeElement?.matches(`[data-layer="${id}"]`), layer);

  before(async () => {
    page = await openWorkbench();
  });
  after(() => closeWorkbench(page));

  it('opens from the command palette', async () => {
    const row = page.locator('.quick-input-list .monaco-list-row.focused');
    // The palette lists what VS Code knew as it opened: a person who was too early types again.
    await eventually('Show Architecture in the palette', async (timeout) => {
      await press('Escape', 'F1');
      await page.locator('.quick-input-widget input.input').waitFor({ timeout });
      await page.keyboard.type('AlexNet: Show Arch');
      await row.filter({ hasText: 'Show Architecture' }).waitFor({ timeout });
    });
    await press('Enter');
    frame = await panelFrame(page, '[data-layer]');
    await frame.waitForFunction(() => document.hasFocus());
  });

  it('reaches every part with Tab, the graph by one stop, and always shows where it is', async () => {
    const names: string[] = [];
    // The graph has the keyboard: what stands before it is reached backwards, the rest forwards.
    for (const key of ['Shift+Tab', 'Tab']) {
      for (let tabs = 0; tabs < manyTabs; tabs++) {
        await press(key);
        const name = await focusedName(frame);
        if (name === '') break;
        if (!names.includes(name)) names.push(name);
        assert.ok(await focusIsVisible(frame), `nothing shows that ${name} has the focus`);
      }
    }
    assert.deepEqual(
      names.filter((name) => name.includes(', output ')),
      [nameOf('input')],
    );
    for (const name of [
      'variant',
      'weights',
      'engine',
      'search',
      'mean',
      'strongest',
      'Grad-CAM',
      'Fit',
    ]) {
      assert.ok(
        names.some((each) => each.startsWith(name)),
        `Tab does not reach ${name}: ${names.join(' | ')}`,
      );
    }
  });

  it('walks through all layers in order with the arrows, and shows the card of each', async () => {
    for (let tabs = 0; (await focusedName(frame)) !== nameOf('input'); tabs++) {
      assert.ok(tabs < manyTabs, 'Tab does not reach the graph');
      await press('Tab');
    }
    for (const { name } of layers) {
      await focusReaches(name);
      assert.ok(await focusIsVisible(frame), `nothing shows that ${name} has the focus`);
      const card = frame.locator(`[aria-describedby="layer-card"][data-layer="${name}"]`);
      await card.waitFor({ state: 'attached' });
      await frame.locator('#layer-card strong', { hasText: new RegExp(`^${name}$`) }).waitFor();
      await press('ArrowRight');
    }
    await focusReaches(layers.at(-1)!.name);
    await press('ArrowLeft');
    await focusReaches(layers.at(-2)!.name);
  });

  it('goes to the ends with Home and End, and between rows with up and down', async () => {
    await press('Home');
    await focusReaches('input');
    await press('ArrowDown');
    const below = await focusedName(frame);
    await press('ArrowUp');
    await focusReaches('input');
    assert.notEqual(below, nameOf('input'));
    await press('End');
    await focusReaches('fc8');
  });

  it('opens details with Enter, and Esc returns to the block', async () => {
    await press('ArrowLeft', 'Enter');
    await frame.locator('.details-pane:focus').waitFor();
    assert.match(await focusedName(frame), /^drop7 Dropout/);
    assert.ok(await focusIsVisible(frame));
    await press('Escape');
    await focusReaches('drop7');
    await frame.locator('.details-pane').waitFor({ state: 'hidden' });
    assert.ok(await focusIsVisible(frame));
  });

  it('searches with /, goes to the matches with Enter, and leaves with Esc', async () => {
    await press('/');
    await frame.locator('#search:focus').waitFor();
    await page.keyboard.type('maxpool');
    const count = frame.locator('.search-count');
    await count.getByText('3', { exact: true }).waitFor();
    assert.equal(await frame.locator('.node.match').count(), 3);
    await press('Enter');
    await count.getByText('1 of 3', { exact: true }).waitFor();
    await press('Enter');
    await frame.locator('.node.current [data-layer="pool2"]').waitFor();
    await press('Escape');
    await focusReaches('pool2');
    assert.equal(await frame.locator('#search').inputValue(), '');
    assert.equal(await frame.locator('.node.match').count(), 0);
  });

  it('shows all layers as a table with t, and the graph again', async () => {
    await press('t');
    await frame.getByRole('caption').filter({ hasText: 'Layers of Keras functional' }).waitFor();
    assert.deepEqual(
      await frame
        .locator('tbody tr:visible')
        .evaluateAll((rows) => rows.map((row) => row.dataset['row'])),
      layers.map(({ name }) => name),
    );
    const totals = await frame.locator('tfoot').innerText();
    assert.match(totals, /62,380,776/);
    assert.match(totals, /1,139,124,224/);
    assert.ok(await focusIsVisible(frame));
    await press('ArrowDown', 'ArrowUp', 'End');
    await frame.locator('tr[data-row=fc8] button:focus').waitFor();
    await frame.locator('.legend .keys').getByText('graph').waitFor();
    await press('t');
    await frame.locator('svg.graph').waitFor();
    await focusReaches('pool2');
  });

  it('folds and unfolds the block of a layer with g', async () => {
    await press('g');
    await frame.locator('[data-folded="conv block 2"]:focus').waitFor();
    assert.ok(await focusIsVisible(frame));
    await press('g');
    await focusReaches('conv2');
  });

  it('folds all blocks with G, wherever the keyboard is, and unfolds them', async () => {
    const folds = frame.locator('[data-folded]');
    await press('G');
    await waitUntil('all folds', async () => (await folds.count()) > 1);
    await frame.locator('[data-folded]:focus').waitFor();
    await frame.locator('svg.graph').focus();
    await press('G');
    await waitUntil('no fold', async () => (await folds.count()) === 0);
    await block(frame, 'conv2').focus();
    await focusReaches('conv2');
  });

  it('zooms with + and -, and fits with f', async () => {
    const fitted = await graphTransform(frame);
    await press('+', '+', '+', '+', '+');
    await frame.locator('.minimap.shown').waitFor();
    assert.notEqual(await graphTransform(frame), fitted);
    await press('f');
    await frame.locator('.minimap:not(.shown)').waitFor({ state: 'attached' });
    assert.equal(await graphTransform(frame), fitted);
  });
});

/** An outline around the focused element, or the ring of a block. */
function focusIsVisible(frame: Frame): Promise<boolean> {
  return frame.evaluate(() => {
    const { activeElement: focused } = document;
    if (!focused || focused === document.body) return false;
    const ring = focused.querySelector(':scope > .ring');
    if (ring) return getComputedStyle(ring).stroke !== 'none';
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(focused);
    const drawn = outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
    return drawn && outlineColor !== 'rgba(0, 0, 0, 0)';
  });
}
